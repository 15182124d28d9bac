import {Config} from '@oclif/core'
import type {Runtime} from './runtime.js'

interface Runnable {
  run(argv: string[], config: Config): Promise<unknown>
}

/**
 * Runs one command class under oclif. The Config is made from what we know, so that oclif looks for no files; the
 * runtime travels in its options, the one thing that Command.run() keeps.
 */
export const runCommand = async (command: Runnable, argv: string[], runtime: Runtime): Promise<number> => {
  const {program, version} = runtime
  const pjson = {name: 'kubectl-sfl', version, oclif: {bin: program, dirname: 'kubectl-sfl', topicSeparator: ' '}}
  const config = await Config.load({root: import.meta.dirname, pjson, runtime} as never)
  const code = await command.run(argv, config)
  return typeof code === 'number' ? code : 0
}
