// The verbs of this noun that change something, in one module: one file to open at start-up instead of dozens of small ones.
import apply from './apply.js'
import create from './create.js'
import deletion from './delete.js'
import update from './update.js'
import wait from './wait.js'

export const verbs = {apply, create, delete: deletion, update, wait}
