import {type Kind} from '../../core/object.js'
import {type KindRow} from '../../kinds/kind.js'
import {kinds, rowOf} from '../../kinds/registry.js'

/** As kinds alone: what is asked for and put into references. */
const among = (wanted: (row: KindRow) => boolean): readonly Kind[] =>
  kinds.filter(wanted).map(({apiVersion, kind}) => ({apiVersion, kind}))

/** One list each: of the namespace that is looked at, or of all. */
export const scopedKinds = among(({listed}) => listed === 'scope')

/** Beside the namespace that is looked at, the one where Knative Eventing lives. */
export const systemKinds = among(({listed}) => listed === 'scope and system')

/** Only where Knative Eventing lives. */
export const onlySystemKinds = among(({listed}) => listed === 'system')

/** Without a namespace. */
export const clusterKinds = among(({listed}) => listed === 'cluster')

/** Sources that are looked at; SinkBindings stand beside them. */
export const sourceKinds = among(({role, listed}) => role === 'source' && listed !== undefined)

/** Channels that are there in their own right or behind a Channel. */
export const realChannelKinds = among(({channel}) => channel !== undefined)

/** What people make themselves: these are judged and drawn, whatever else is looked at for their sake. */
export const ownKinds = among(({judged}) => judged !== undefined)

/** The row of `status` that counts a kind: what people make, by its noun, or by its category where it has none. */
export const countedAs = ({judged, noun, several}: KindRow): string | undefined =>
  judged === undefined || noun === undefined ? judged : several

export const kindsCountedAs = (what: string): readonly Kind[] => among((row) => countedAs(row) === what)

/** What a manifest is listed under when it has no namespace of its own kind. */
export const isClusterScoped = (kind: Kind): boolean => rowOf(kind)?.namespaced === false
