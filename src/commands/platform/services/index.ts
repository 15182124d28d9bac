// The verbs of this noun in one module: one file to open at start-up instead of dozens of small ones.
import configure from './configure.js'
import disable from './disable.js'
import enable from './enable.js'
import remove from './remove.js'

export const verbs = {configure, disable, enable, remove}
