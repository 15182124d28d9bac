// The verbs of this noun in one module: one file to open at start-up instead of several small ones.
import listTypes from './list-types.js'
import list from './list.js'

export const verbs = {list, 'list-types': listTypes}
