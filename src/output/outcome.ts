import {handleOf, type Ref} from '../domain/core/object.js'
import {printable} from '../domain/core/printable.js'

/** How much of a change was only tried. */
export type DryRun = 'none' | 'client' | 'server'

const SUFFIX: Readonly<Record<DryRun, string>> = {none: '', client: ' (dry run)', server: ' (server dry run)'}

/** kubectl's line about a change: `broker.eventing.knative.dev/orders created (dry run)`, without a line end. */
export const outcome = (ref: Ref, verb: string, dryRun: DryRun): string =>
  printable(`${handleOf(ref)} ${verb}${SUFFIX[dryRun]}`)
