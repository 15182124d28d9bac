// The verbs of this noun in one module: one file to open at start-up instead of dozens of small ones.
import apply from './apply.js'
import create from './create.js'
import deletion from './delete.js'
import describe from './describe.js'
import effective from './effective.js'
import list from './list.js'
import wait from './wait.js'

export const verbs = {apply, create, delete: deletion, describe, effective, list, wait}
