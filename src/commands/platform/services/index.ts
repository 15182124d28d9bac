// The verbs of this noun in one module: one file to open at start-up instead of dozens of small ones.
import configure from './configure.js'
import remove from './remove.js'
import {ServicesDisable, ServicesEnable} from './switch.js'

export const verbs = {configure, disable: ServicesDisable, enable: ServicesEnable, remove}
