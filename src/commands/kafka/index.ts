// The verbs of this noun that change something, in one module: one file to open at start-up instead of dozens of small ones.
import disable from './disable.js'
import enable from './enable.js'

export const verbs = {disable, enable}
