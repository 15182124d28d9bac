// The verbs of this noun in one module: one file to open at start-up instead of dozens of small ones.
import retry from './retry.js'
import set from './set.js'
import status from './status.js'

export const verbs = {retry, set, status}
