// The verbs of this noun in one module: one file to open at start-up instead of dozens of small ones.
import links from './links.js'
import prune from './prune.js'
import set from './set.js'
import unset from './unset.js'

export const verbs = {links, prune, set, unset}
