import {classByDefault} from '../../eventing/cluster-defaults/class-choices.js'
import {type KubeObject} from '../../core/object.js'
import {textAt} from '../../core/read.js'
import {readinessOf, whyNotReady} from '../../core/readiness.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {ExitCode, SflError} from '../../core/errors.js'
import {kafkaWorks, offeredBrokers, offeredDatabases, type SetupFacts} from './facts.js'

/** One thing that a set-up has looked for, and what follows from what it found. */
export interface SurveyRow {
  what: string
  found: string
  /** `none`: there is nothing, and nothing is wrong with that; `missing`: something will not work because of it. */
  state: 'there' | 'none' | 'missing' | 'unknown'
  /** What it means for the platform; a command that changes it may be its end. */
  consequence?: string
}

const UNREAD = 'not verified: you may not look'

const several = (names: readonly string[], most = 3): string =>
  names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`

const operatorRow = ({operator, olm}: SetupFacts): SurveyRow => {
  const what = 'SonataFlow operator'
  if (operator === 'forbidden') return {what, found: UNREAD, state: 'unknown'}
  const [first] = isFound(operator) ? operator.deployments : []
  const without = 'the platform is stored, and stays without services and without state until the operator runs'
  if (!isFound(operator) || first === undefined)
    return {
      what,
      found: 'not found',
      state: 'missing',
      consequence: `${without}; ${
        olm.versions === 'absent' ? 'install it first' : 'install OpenShift Serverless Logic from OperatorHub first'
      }`,
    }
  const where = `in ${first.namespace}`
  const version = operator.settings.imageTag
  return operator.deployments.some(({ready}) => ready > 0)
    ? {what, found: `${version === undefined ? '' : `${version}, `}runs ${where}`, state: 'there'}
    : {what, found: `${where}, no pod is ready`, state: 'missing', consequence: without}
}

/** Operators that have to do with workflows and events, by the beginning of their names. */
const CONCERNED = /^(serverless-operator|logic-operator|sonataflow|knative|amqstreams|amq-streams|strimzi)/

/** What OLM says of the operators that count here; only where there is an OLM. */
const olmRow = ({olm: {versions, subscriptions}}: SetupFacts): SurveyRow[] => {
  if (versions === 'absent') return []
  const what = 'Operators (OLM)'
  if (!isFound(versions)) return [{what, found: UNREAD, state: 'unknown'}]
  const concerned = (object: KubeObject, name: string | undefined): boolean =>
    CONCERNED.test(name ?? object.metadata.name)
  const installed = versions
    .filter((one) => concerned(one, undefined))
    .map((one) => ({
      name: [textAt(one, 'spec', 'displayName') ?? one.metadata.name, textAt(one, 'spec', 'version')].filter(Boolean),
      phase: textAt(one, 'status', 'phase') ?? 'no phase yet',
      why: textAt(one, 'status', 'message'),
    }))
  const waiting = (isFound(subscriptions) ? subscriptions : []).filter(
    (one) => concerned(one, textAt(one, 'spec', 'name')) && textAt(one, 'status', 'installedCSV') === undefined,
  )
  const bad = installed.filter(({phase}) => phase !== 'Succeeded')
  const found = [
    ...installed.map(({name, phase}) => `${name.join(' ')}${phase === 'Succeeded' ? '' : ` (${phase})`}`),
    ...waiting.map((one) => `${textAt(one, 'spec', 'name') ?? one.metadata.name} (subscribed, not installed)`),
  ]
  if (found.length === 0) return [{what, found: 'none of Serverless, Serverless Logic, Streams', state: 'none'}]
  if (bad.length + waiting.length === 0) return [{what, found: several(found), state: 'there'}]
  const [reason] = bad.flatMap(({why}) => why ?? [])
  return [
    {
      what,
      found: several(found),
      state: 'missing',
      consequence: `an operator is not installed completely${reason === undefined ? '' : ` (${reason})`}: what it manages may not become ready; see kubectl get subscriptions.operators.coreos.com,csv -A`,
    },
  ]
}

/** `KnativeEventing knative-eventing/knative-eventing 1.16, ready` */
const resourceText = (objects: Lookup<readonly KubeObject[]>): {text: string; fault?: string} => {
  const [first] = isFound(objects) ? objects : []
  if (first === undefined) return {text: ''}
  const state = readinessOf(first)
  const version = textAt(first, 'status', 'version')
  const {kind, metadata} = first
  const ready = state.state === 'ready'
  return {
    text: ` (${kind} ${metadata.name}${version === undefined ? '' : ` ${version}`}, ${ready ? 'ready' : 'not ready'})`,
    ...(ready ? {} : {fault: `${kind} ${metadata.name} is not ready: ${whyNotReady(state) || 'no reason given'}`}),
  }
}

const knativeRows = (facts: SetupFacts): SurveyRow[] => {
  const {knativeInstalled, servingInstalled, resources} = facts
  const eventing = resourceText(resources.eventing)
  const serving = resourceText(resources.serving)
  return [
    !knativeInstalled
      ? {
          what: 'Knative Eventing',
          found: 'not installed',
          state: 'missing',
          consequence: 'there are no brokers: workflows and services call each other over HTTP',
        }
      : {
          what: 'Knative Eventing',
          found: `installed${eventing.text}`,
          state: eventing.fault === undefined ? 'there' : 'missing',
          ...(eventing.fault === undefined ? {} : {consequence: eventing.fault}),
        },
    servingInstalled
      ? {what: 'Knative Serving', found: `installed${serving.text}`, state: 'there'}
      : {what: 'Knative Serving', found: 'not installed', state: 'none'},
  ]
}

const kafkaRow = (facts: SetupFacts): SurveyRow[] => {
  const {knativeInstalled, resources, classes} = facts
  if (!knativeInstalled) return []
  const what = 'Kafka brokers'
  const kafka = resourceText(resources.kafka)
  if (!isFound(classes.deployments)) return [{what, found: UNREAD, state: 'unknown'}]
  if (!kafkaWorks(facts))
    return [
      {
        what,
        found: `do not work here${kafka.text}`,
        state: 'missing',
        consequence: `no new broker of class Kafka can be offered${isFound(resources.kafka) ? '; kubectl sfl kafka enable broker turns them on' : ''}`,
      },
    ]
  const usual = classByDefault(classes, '')
  return [
    {
      what,
      found: `work${kafka.text}${usual === undefined ? '' : `; class by default: ${usual}`}`,
      state: kafka.fault === undefined ? 'there' : 'missing',
      ...(kafka.fault === undefined ? {} : {consequence: kafka.fault}),
    },
  ]
}

const listRow = (what: string, found: Lookup<readonly unknown[]>, names: readonly string[]): SurveyRow =>
  found === 'forbidden'
    ? {what, found: UNREAD, state: 'unknown'}
    : names.length === 0
      ? {what, found: 'none', state: 'none'}
      : {what, found: several(names), state: 'there'}

const platformRows = ({platforms, clusterPlatforms}: SetupFacts): SurveyRow[] => [
  listRow(
    'Platforms',
    platforms,
    isFound(platforms) ? platforms.map(({namespace, name}) => `${namespace}/${name}`) : [],
  ),
  listRow(
    'Cluster platform',
    clusterPlatforms,
    isFound(clusterPlatforms)
      ? clusterPlatforms.map(({name, platform}) => `${name}, shares ${platform.namespace}/${platform.name}`)
      : [],
  ),
]

const rightsRow = ({rights, missingHere, knativeInstalled}: SetupFacts, namespace: string): SurveyRow => {
  const what = 'Your rights'
  // Where there is no Knative nobody can make a broker, and nobody will be asked to.
  const missing = missingHere.filter(({resource}) => resource !== 'brokers' || knativeInstalled)
  const wide = [...(rights.namespaces ? [] : ['namespaces']), ...(rights.clusterPlatforms ? [] : ['cluster platforms'])]
  if (missing.length === 0)
    return {
      what,
      found:
        wide.length === 0
          ? `all that is needed in namespace ${namespace}`
          : `enough in namespace ${namespace}; ${wide.join(' and ')} you may not create`,
      state: 'there',
    }
  const parts = missing.map(({means}) => means).join(', ')
  return {
    what,
    found: `in namespace ${namespace} you may not create ${missing.map(({resource}) => resource).join(', ')}`,
    state: 'missing',
    consequence: `cannot be made there: ${parts}; choose another namespace, or have somebody else run what --save-runbook writes`,
  }
}

/** What was found, in the order in which it is asked about: the ground on which the questions stand. */
export const survey = (facts: SetupFacts, namespace: string): SurveyRow[] => {
  const databases = offeredDatabases(facts, '')
  const brokers = offeredBrokers(facts, '')
  return [
    operatorRow(facts),
    ...olmRow(facts),
    ...knativeRows(facts),
    ...kafkaRow(facts),
    ...(facts.knativeInstalled
      ? [
          listRow(
            'Brokers',
            facts.brokers,
            brokers.map(({value, about}) => `${slashed(value)} (${about ?? ''})`),
          ),
        ]
      : []),
    listRow(
      'PostgreSQL Services',
      facts.services,
      databases.map(({value}) => value),
    ),
    ...platformRows(facts),
    rightsRow(facts, namespace),
  ]
}

/** `events:demo`, as flags take it, the way in which objects are named. */
const slashed = (reference: string): string => reference.replace(/^(.*):(.*)$/, '$2/$1')

/** A server that does not know platforms: there is nothing to ask then. `undefined` where it does, or gave no answer. */
export const notInstalled = ({platformsServed, olm}: SetupFacts): SflError | undefined =>
  platformsServed === false
    ? new SflError('ResourceNotServed', 'the cluster does not know SonataFlow platforms', ExitCode.Failed, {
        hint: `Install ${olm.versions === 'absent' ? 'the SonataFlow operator' : 'OpenShift Serverless Logic from OperatorHub'} first; --dry-run=client prepares runbook and manifests without it.`,
      })
    : undefined
