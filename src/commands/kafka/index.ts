// The verbs of this noun in one module: one file to open at start-up instead of dozens of small ones.
import disable from './disable.js'
import enable from './enable.js'
import status from './status.js'

export const verbs = {disable, enable, status}
