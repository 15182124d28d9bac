import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {kubectl, type Command} from '../../core/commands.js'
import {CONFIG_MAP, KNATIVE_EVENTING, KNATIVE_KAFKA, SYSTEM_NAMESPACE} from '../../eventing/names.js'
import {groupOf, handleOf, refOf, type Kind, type KubeObject, type Ref} from '../../core/object.js'
import {at, textAt, textsAt} from '../../core/read.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {KAFKA_CONFIGS} from '../installation/knative-kafka-fields.js'

/** What a change of a settings ConfigMap is written to: the resource of an operator that writes it, or itself. */
export const VIAS = ['knative-kafka', 'knative-eventing', 'config-map'] as const
export type Via = (typeof VIAS)[number]

/** Where a ConfigMap is. */
export interface ConfigMapPlace {
  namespace: string
  name: string
}

/** What decides about the write target of one ConfigMap. Resources of operators are those of the ConfigMap's namespace. */
export interface WriteTargetFacts {
  configMap: Lookup<KubeObject>
  /** `absent` when the kind is not served. */
  knativeKafkas: Lookup<readonly KubeObject[]>
  knativeEventings: Lookup<readonly KubeObject[]>
}

export interface WriteTarget {
  via: Via
  place: ConfigMapPlace
  /** What will be changed; for a ConfigMap that is not there yet, left out. */
  object?: KubeObject
  /** The ConfigMap as it is, when it could be read. */
  configMap?: KubeObject
  /** Why it was chosen, a clause. */
  reason: string
}

/**
 * The choice, with a note among the findings that says what is written to and why. Without a target there is an error that
 * `--force` does not pass over.
 */
export interface ChosenTarget {
  target?: WriteTarget
  findings: readonly Finding[]
}

const words: Readonly<Record<Via, string>> = {
  'knative-kafka': 'KnativeKafka',
  'knative-eventing': 'KnativeEventing',
  'config-map': 'ConfigMap',
}
const kinds: Readonly<Record<'knative-kafka' | 'knative-eventing', Kind>> = {
  'knative-kafka': KNATIVE_KAFKA,
  'knative-eventing': KNATIVE_EVENTING,
}

export const configMapRef = (place: ConfigMapPlace): Ref => ({...CONFIG_MAP, ...place})
const nameOf = ({namespace, name}: ConfigMapPlace): string => `ConfigMap ${namespace}/${name}`
const titleOf = ({kind, metadata}: KubeObject): string => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`

/** A KnativeKafka writes these two ConfigMaps and no other (openshift-knative/serverless-operator knative-operator/pkg/controller/knativekafka). */
const isKafkaPlace = ({namespace, name}: ConfigMapPlace): boolean =>
  namespace === SYSTEM_NAMESPACE && KAFKA_CONFIGS.some((known) => known === name)

/** The operator's resource that owns an object, by owner reference or by the annotation of the OpenShift operator. */
const ownerOf = (
  configMap: Lookup<KubeObject>,
): {via: 'knative-kafka' | 'knative-eventing'; name: string} | undefined => {
  if (!isFound(configMap)) return undefined
  for (const {apiVersion, kind, name} of configMap.metadata.ownerReferences ?? [])
    for (const via of ['knative-kafka', 'knative-eventing'] as const)
      if (kind === kinds[via].kind && groupOf(apiVersion) === groupOf(kinds[via].apiVersion)) return {via, name}
  const annotated = configMap.metadata.annotations?.['knativekafkas.operator.serverless.openshift.io/ownerName']
  return annotated === undefined ? undefined : {via: 'knative-kafka', name: annotated}
}

const resourcesOf = (
  via: 'knative-kafka' | 'knative-eventing',
  facts: WriteTargetFacts,
): Lookup<readonly KubeObject[]> => (via === 'knative-kafka' ? facts.knativeKafkas : facts.knativeEventings)

/** The operator's resource by this name, or the first one. */
const resourceFor = (
  via: 'knative-kafka' | 'knative-eventing',
  facts: WriteTargetFacts,
  name?: string,
): KubeObject | undefined => {
  const found = resourcesOf(via, facts)
  if (!isFound(found)) return undefined
  return found.find(({metadata}) => metadata.name === name) ?? found[0]
}

/** Who writes the ConfigMap: the resource, or its name when it cannot be read (no permission). */
interface Governor {
  via: 'knative-kafka' | 'knative-eventing'
  resource?: KubeObject
  /** `KnativeEventing knative-eventing/knative-eventing` */
  title: string
}

/**
 * Who writes a settings ConfigMap and would revert a change by hand: a KnativeKafka for the two ConfigMaps of the Kafka
 * add-on, then the resource that owns it, then a KnativeEventing for a ConfigMap of eventing that is not there yet.
 */
const governorOf = (place: ConfigMapPlace, facts: WriteTargetFacts): Governor | undefined => {
  const owner = ownerOf(facts.configMap)
  const kafka = resourceFor('knative-kafka', facts, owner?.via === 'knative-kafka' ? owner.name : undefined)
  if (isKafkaPlace(place) && kafka !== undefined)
    return {
      via: 'knative-kafka',
      resource: kafka,
      title: titleOf(kafka),
    }
  if (owner !== undefined) {
    const resource = resourceFor(owner.via, facts, owner.name)
    return {
      via: owner.via,
      ...(resource === undefined ? {} : {resource}),
      title: resource === undefined ? `${words[owner.via]} ${place.namespace}/${owner.name}` : titleOf(resource),
    }
  }
  const eventing = resourceFor('knative-eventing', facts)
  if (eventing !== undefined && facts.configMap === 'absent' && isEventingPlace(place))
    return {
      via: 'knative-eventing',
      resource: eventing,
      title: titleOf(eventing),
    }
  return undefined
}

/** The KnativeEventing that writes a ConfigMap, if one does and may be read. */
export const governing = (place: ConfigMapPlace, facts: WriteTargetFacts): KubeObject | undefined => {
  const governor = governorOf(place, facts)
  return governor?.via === 'knative-eventing' ? governor.resource : undefined
}

/** ConfigMaps of knative/eventing's own manifest: the operator makes them (and only what is in its manifest). */
const isEventingPlace = ({namespace, name}: ConfigMapPlace): boolean =>
  namespace === SYSTEM_NAMESPACE && (name.startsWith('config-') || name === 'default-ch-webhook')

/**
 * Chooses what a change of a ConfigMap is written to, or judges the choice of `--via`. `--force` passes over a choice that
 * an operator will revert or ignore, not over one that is not there.
 */
export const chooseTarget = (
  place: ConfigMapPlace,
  facts: WriteTargetFacts,
  options: {via?: Via} = {},
): ChosenTarget => {
  const {target, findings} = choose(place, facts, options)
  return {
    ...(target === undefined ? {} : {target}),
    findings: [...(target ? [targetFinding(target)] : []), ...findings],
  }
}

const choose = (place: ConfigMapPlace, facts: WriteTargetFacts, {via}: {via?: Via}): ChosenTarget => {
  const governor = governorOf(place, facts)
  const wanted = via ?? governor?.via ?? 'config-map'
  const configMap = isFound(facts.configMap) ? {configMap: facts.configMap} : {}
  const findings = [...(via === undefined ? unverified(place, facts, governor) : [])]
  const rejected = (message: string, repair?: Command, object: Ref = configMapRef(place)): ChosenTarget => ({
    findings: [...findings, finding('SFL-F01', {object, message, ...(repair === undefined ? {} : {repair})})],
  })

  if (wanted === 'config-map') {
    if (facts.configMap === 'forbidden')
      return rejected(
        `${nameOf(place)} cannot be read (no permission), so it cannot be changed`,
        kubectl('auth', 'can-i', 'get', `configmaps/${place.name}`, '-n', place.namespace),
      )
    return {
      target: {
        via: wanted,
        place,
        ...(isFound(facts.configMap) ? {object: facts.configMap} : {}),
        ...configMap,
        reason: via === undefined ? plainReason(facts) : CHOSEN,
      },
      findings: [
        ...findings,
        ...(governor === undefined
          ? []
          : [
              risky(
                place,
                `a change of ${nameOf(place)} itself would be undone by the operator of ${governor.title}`,
                governor.via,
              ),
            ]),
      ],
    }
  }

  const resource = governor?.via === wanted ? governor.resource : resourceFor(wanted, facts)
  const all = resourcesOf(wanted, facts)
  if (resource === undefined) {
    const owned = governor?.via === wanted ? governor.title : undefined
    return all === 'forbidden'
      ? rejected(
          owned === undefined
            ? `--via ${wanted}: the ${words[wanted]} of namespace ${place.namespace} cannot be read (no permission), so it cannot be changed`
            : `${owned} cannot be read (no permission), so it cannot be changed; its operator writes ${nameOf(place)} and undoes other changes`,
          kubectl(
            'auth',
            'can-i',
            'list',
            `${handleOf({...kinds[wanted], name: ''}).replace('/', '')}`,
            '-n',
            place.namespace,
          ),
        )
      : rejected(
          owned === undefined
            ? `--via ${wanted}: there is no ${words[wanted]} in namespace ${place.namespace}${governor === undefined ? '' : `; use --via ${governor.via}`}`
            : `${nameOf(place)} belongs to ${owned}, which is not there`,
        )
  }
  const target: WriteTarget = {
    via: wanted,
    place,
    object: resource,
    ...configMap,
    reason: via === undefined ? `its operator writes ${nameOf(place)} and undoes other changes` : CHOSEN,
  }
  if (wanted === 'knative-kafka' && !isKafkaPlace(place))
    return rejected(
      `--via ${wanted}: a KnativeKafka writes only ${KAFKA_CONFIGS.join(' and ')} in namespace ${SYSTEM_NAMESPACE}, not ${nameOf(place)}`,
    )
  if (governor?.via === wanted) return {target, findings}
  // The operator touches only the ConfigMaps of its own manifests.
  const ignored =
    governor === undefined
      ? `${nameOf(place)} does not belong to ${titleOf(resource)}, so its operator would not write it`
      : `what ${titleOf(resource)} says would not reach ${nameOf(place)}: the operator of ${governor.title} writes it`
  return {target, findings: [...findings, risky(place, ignored, governor?.via ?? 'config-map')]}
}

const CHOSEN = 'it was chosen with --via'

const plainReason = ({configMap}: WriteTargetFacts): string =>
  configMap === 'absent' ? 'it is not there yet, and no operator writes it' : 'no operator writes it'

const risky = (place: ConfigMapPlace, message: string, better: Via): Finding =>
  finding('SFL-F02', {
    object: configMapRef(place),
    message: `${message}; use --via ${better}`,
  })

/** What could not be looked at and might have led to another choice. */
const unverified = (place: ConfigMapPlace, facts: WriteTargetFacts, governor: Governor | undefined): Finding[] => {
  if (governor !== undefined || place.namespace !== SYSTEM_NAMESPACE) return []
  const blind = [
    ...(isKafkaPlace(place) && facts.knativeKafkas === 'forbidden' ? ['KnativeKafka'] : []),
    ...(facts.knativeEventings === 'forbidden' && facts.configMap === 'absent' ? ['KnativeEventing'] : []),
  ]
  if (blind.length > 0)
    return [
      finding('SFL-F03', {
        object: configMapRef(place),
        message: `whether an operator writes ${nameOf(place)} was not checked: ${blind.join(' and ')} cannot be listed (no permission) in namespace ${place.namespace}`,
      }),
    ]
  const eventing = resourceFor('knative-eventing', facts)
  if (eventing === undefined || !isEventingPlace(place) || !isFound(facts.configMap)) return []
  return [
    finding('SFL-F03', {
      object: configMapRef(place),
      message: `${titleOf(eventing)} is there, but ${nameOf(place)} does not belong to it; its operator may write it all the same; if so, use --via knative-eventing`,
    }),
  ]
}

/** What is written to, and why: said on stderr. */
const targetFinding = ({via, place, object, reason}: WriteTarget): Finding => {
  const title = via === 'config-map' || object === undefined ? nameOf(place) : titleOf(object)
  return finding('SFL-F04', {
    object: object === undefined ? configMapRef(place) : refOf(object),
    message: `this goes to ${title}: ${reason}`,
  })
}

/** The names under which a ConfigMap may stand in `KnativeEventing.spec.config`, the one that wins first. */
const spellings = (name: string): readonly string[] =>
  name.startsWith('config-') ? [name, name.slice('config-'.length)] : [name]

/** What `KnativeEventing.spec.config` says of a ConfigMap. */
export interface ConfigEntry {
  /** The key in use, or the one to use. */
  spelling: string
  present: boolean
  data: Readonly<Record<string, string>>
  /** The other spelling is there as well, and is ignored. */
  ignored?: {spelling: string; data: Readonly<Record<string, string>>}
}

/**
 * The operator looks up the full name first, then the name without its first seven characters, `config-`
 * (knative/operator pkg/reconciler/common/configmap.go).
 */
export const configEntry = (resource: KubeObject, name: string): ConfigEntry => {
  const present = spellings(name).filter((one) => at(resource, 'spec', 'config', one) !== undefined)
  const [spelling = name, other] = present
  return {
    spelling,
    present: present.length > 0,
    data: textsAt(resource, 'spec', 'config', spelling),
    ...(other === undefined ? {} : {ignored: {spelling: other, data: textsAt(resource, 'spec', 'config', other)}}),
  }
}

/** The value that counts for a key of the ConfigMap before a change: the resource's, else what is in the ConfigMap. */
export const valueIn = (
  target: WriteTarget,
  key: string,
): {text: string; from: 'resource' | 'config-map'} | undefined => {
  if (target.via === 'knative-eventing' && target.object !== undefined) {
    const own = configEntry(target.object, target.place.name).data[key]
    if (own !== undefined) return {text: own, from: 'resource'}
  }
  const text = textAt(target.configMap, 'data', key)
  return text === undefined ? undefined : {text, from: 'config-map'}
}

export const targetRef = (target: WriteTarget): Ref =>
  target.object === undefined ? configMapRef(target.place) : refOf(target.object)
