import {sfl, kubectl, printCommand} from '../../core/commands.js'
import {ExitCode, SflError} from '../../core/errors.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {suggestions} from '../../core/suggest.js'
import {activePlatform, type Platform} from '../model.js'

/** Which platform a command is about: by name, or the one that is active in the namespace. */
export interface PlatformChoice {
  namespace: string
  name?: string | undefined
}

/** The chosen platform. Throws `SflError` (exit code 3) when there is none. */
export const choosePlatform = (
  {platforms}: {platforms: Lookup<readonly Platform[]>},
  {namespace, name}: PlatformChoice,
): Platform => {
  const all = isFound(platforms) ? platforms : []
  if (platforms === 'forbidden')
    throw new SflError(
      'Forbidden',
      `the platforms of namespace ${namespace} cannot be listed (no permission)`,
      ExitCode.Failed,
      {
        code: 403,
        hint: printCommand(kubectl('auth', 'can-i', 'list', 'sonataflowplatforms.sonataflow.org', '-n', namespace)),
      },
    )
  if (platforms === 'absent')
    throw new SflError('ResourceNotServed', 'the cluster does not know SonataFlow platforms', ExitCode.Failed, {
      hint: 'Install the SonataFlow operator (on OpenShift: OpenShift Serverless Logic).',
    })
  const found = name === undefined ? (activePlatform(all) ?? all[0]) : all.find((one) => one.name === name)
  if (found !== undefined) return found
  if (name === undefined)
    throw new SflError('NotFound', `namespace "${namespace}" has no platform`, ExitCode.NotFound, {
      code: 404,
      hint: printCommand(sfl('platform create', 'sonataflow-platform', '-n', namespace)),
    })
  const [near] = suggestions(
    name,
    all.map((one) => one.name),
  )
  throw new SflError(
    'NotFound',
    `sonataflowplatforms.sonataflow.org "${name}" not found in namespace "${namespace}"${near === undefined ? '' : ` - did you mean "${near}"?`}`,
    ExitCode.NotFound,
    {code: 404, hint: printCommand(sfl('platform list', '-n', namespace))},
  )
}
