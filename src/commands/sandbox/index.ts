import run from './run.js'
import start from './start.js'

export const verbs = {run, start}
