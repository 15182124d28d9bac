// The verbs of this noun in one module: one file to open at start-up instead of dozens of small ones.
import describe from './describe.js'
import list from './list.js'

export const verbs = {describe, list}
