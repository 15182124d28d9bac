import {findManifests, type FoundManifest} from './manifest-files.js'
import type {Runtime} from './runtime.js'

/** What `--with` names; what was passed over is said. */
export const readScenario = async (
  runtime: Runtime,
  {with: filename, recursive}: {with?: readonly string[] | undefined; recursive?: boolean | undefined},
): Promise<readonly FoundManifest[]> => {
  const {found, notes} = await findManifests(runtime, {filename, recursive})
  for (const note of notes) runtime.streams.err(`note: ${note}\n`)
  return found
}

/** Kinds of a scenario that the sandbox does not have. */
export const sayPassedOver = ({streams}: Runtime, kinds: readonly string[]): void => {
  if (kinds.length > 0) streams.err(`note: passed over, as the sandbox does not serve them: ${kinds.join(', ')}\n`)
}
