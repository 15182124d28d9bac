import install from './install.js'
import script from './script.js'

export const verbs = {install, script}
