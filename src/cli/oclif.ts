import type {Config} from '@oclif/core'
import type {Runtime} from './runtime.js'

/** A command class; `start` is SflCommand's own way in, beside oclif's. */
export interface Startable {
  start(argv: string[], config: Config): Promise<unknown>
}

/**
 * Runs one command class under oclif, which parses and validates its flags. What a Command asks of its Config while it
 * runs is this little; a whole Config would look for plugins, themes and a package.json first.
 */
export const runCommand = async (command: Startable, argv: string[], runtime: Runtime): Promise<number> => {
  const config = {
    bin: runtime.program,
    name: 'kubectl-sfl',
    options: {runtime},
    runHook: async () => ({successes: [], failures: []}),
    scopedEnvVar: () => undefined,
    scopedEnvVarKey: (key: string) => `KUBECTL_SFL_${key}`,
    scopedEnvVarKeys: (key: string) => [`KUBECTL_SFL_${key}`],
  }
  const code = await command.start(argv, config as unknown as Config)
  return typeof code === 'number' ? code : 0
}
