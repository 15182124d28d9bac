import {
  BROKER,
  BROKER_CLASS,
  BROKER_LABEL,
  CHANNEL,
  DELIVERY_ORDER,
  DEPLOYMENT,
  KAFKA_SINK,
  KAFKA_SOURCE,
  KNATIVE_SERVICE,
  PARALLEL,
  PING_SOURCE,
  SEQUENCE,
  SERVICE,
  SINK_BINDING,
  SUBSCRIPTION,
  TRIGGER,
} from '../../eventing/names.js'
import {filterText} from '../../eventing/trigger/filter-spec.js'
import {sinkOf} from '../../eventing/reference.js'
import {resourceOf, rowOf} from '../../kinds/registry.js'
import {type Kind, type KubeObject} from '../../core/object.js'
import {at, listAt, textAt} from '../../core/read.js'
import {conditionsOf, readinessOf, whyNotReady} from '../../core/readiness.js'
import {isFound, type NotFound} from '../../core/seen.js'
import {activePlatform, readPlatform} from '../../sonataflow/model.js'
import {PLATFORM, serviceKeys, serviceObjectName, serviceTitle, WORKFLOW} from '../../sonataflow/names.js'
import {serviceSink, workflowSink, type EffectiveDestination} from '../../sonataflow/effective/eventing.js'
import {readWorkflow} from '../../sonataflow/workflow/model.js'
import {brokerNameOf} from '../../eventing/trigger/manifest.js'
import {realChannelKinds, ownKinds, sourceKinds} from '../snapshot/kinds.js'
import {keyOf} from '../snapshot/cluster-state.js'
import {targetOf} from '../snapshot/destinations.js'
import {type Snapshot} from '../snapshot/snapshot.js'

/** One object, or one address outside of the cluster. */
export interface TopologyNode {
  id: string
  /** `Broker`; `URI` for an address. */
  kind: string
  name: string
  namespace?: string
  /** `absent` is named and not there; `unknown` may not be read; `outside` is an address. */
  state: 'ready' | 'pending' | 'failed' | 'absent' | 'unknown' | 'outside'
  /** Why it is not ready. */
  reason?: string
  /** A word on what it is: the class of a broker, the type of a channel. */
  note?: string
}

export type EdgeRole = 'sends' | 'offers' | 'delivers' | 'replies' | 'dead letters' | 'has'

/** Where events go from one to another. */
export interface TopologyEdge {
  from: string
  to: string
  role: EdgeRole
  /** Filters, order. */
  label?: string
  /** Why nothing comes through. */
  broken?: string
}

/** Everything that `topology` draws, as data; the shape of `-o json`. */
export interface Topology {
  apiVersion: 'sfl/v1'
  kind: 'Topology'
  /** Left out: all namespaces. */
  namespace?: string
  nodes: readonly TopologyNode[]
  edges: readonly TopologyEdge[]
  /** What could not be looked at, in words: there may be more than is drawn. */
  notVerified: readonly string[]
}

/** Collects nodes and edges, each once. */
interface Drawing {
  nodes: Map<string, TopologyNode>
  edges: Map<string, TopologyEdge>
}

const topicsOf = (object: KubeObject): string | undefined => {
  const topics = [textAt(object, 'spec', 'topic'), ...listAt(object, 'spec', 'topics')].filter(
    (one) => typeof one === 'string',
  )
  return topics.length === 0 ? undefined : `${topics.length === 1 ? 'topic' : 'topics'} ${topics.join(', ')}`
}

const noteOf = (object: KubeObject): string | undefined => {
  switch (object.kind) {
    case BROKER.kind:
      return object.metadata.annotations?.[BROKER_CLASS]
    case CHANNEL.kind:
      return textAt(object, 'spec', 'channelTemplate', 'kind')
    case PING_SOURCE.kind:
      return textAt(object, 'spec', 'schedule')
    case KAFKA_SOURCE.kind:
    case KAFKA_SINK.kind:
      return topicsOf(object)
    default:
      return undefined
  }
}

const nodeOf = (object: KubeObject): TopologyNode => {
  const {namespace, name} = object.metadata
  // Services of Kubernetes have no conditions, nor need other kinds: they are there, and that is all.
  const plain =
    conditionsOf(object).length === 0 &&
    (rowOf(object)?.address === 'dns' || textAt(object, 'status', 'address', 'url') !== undefined)
  const readiness = readinessOf(object)
  const why = whyNotReady(readiness)
  const note = noteOf(object)
  return {
    id: keyOf(object, object.metadata),
    kind: object.kind,
    name,
    ...(namespace === undefined ? {} : {namespace}),
    state: plain ? 'ready' : readiness.state,
    ...(plain || why === '' ? {} : {reason: why}),
    ...(note === undefined ? {} : {note}),
  }
}

/** A workflow stands for the Deployment and the Service that run it. */
const represented = (known: Snapshot, target: Kind & {namespace: string; name: string}): KubeObject | undefined => {
  const stands = [DEPLOYMENT, SERVICE, KNATIVE_SERVICE].some(
    (kind) => kind.kind === target.kind && kind.apiVersion.split('/')[0] === target.apiVersion.split('/')[0],
  )
  const workflow = stands ? known.get(WORKFLOW, target.namespace, target.name) : 'absent'
  return isFound(workflow) ? workflow : undefined
}

const addNode = ({nodes}: Drawing, node: TopologyNode): string => {
  if (!nodes.has(node.id)) nodes.set(node.id, node)
  return node.id
}

export const ABSENT = 'it does not exist'

const whyAbsent = (known: Snapshot, target: Kind & {namespace: string}, found: NotFound): string => {
  if (found !== 'absent') return 'it may not be read'
  // A list that is absent: the server does not know the kind.
  return known.list(target, target.namespace) === 'absent'
    ? `the cluster has no kind ${target.kind} of ${target.apiVersion}`
    : ABSENT
}

/** The node for something that is named; it is drawn also when it is not there. */
const targetNode = (drawing: Drawing, known: Snapshot, target: Kind & {namespace: string; name: string}): string => {
  const workflow = represented(known, target)
  if (workflow !== undefined) return addNode(drawing, nodeOf(workflow))
  const found = known.get(target, target.namespace, target.name)
  if (isFound(found)) return addNode(drawing, nodeOf(found))
  return addNode(drawing, {
    id: keyOf(target, target),
    kind: target.kind,
    name: target.name,
    namespace: target.namespace,
    state: found === 'absent' ? 'absent' : 'unknown',
    reason: whyAbsent(known, target, found),
  })
}

const destinationNode = (
  drawing: Drawing,
  known: Snapshot,
  destination: unknown,
  namespace: string,
): string | undefined => {
  const target = targetOf(destination, namespace)
  if (target !== undefined) return targetNode(drawing, known, target)
  const sink = sinkOf(destination, namespace)
  return sink !== undefined && 'uri' in sink
    ? addNode(drawing, {id: `uri ${sink.uri}`, kind: 'URI', name: sink.uri, state: 'outside'})
    : undefined
}

/** What does not exist sends nothing. */
const ABSENT_SENDER = 'nothing comes, since the sender does not exist'

const whyBroken = (target: TopologyNode | undefined): string | undefined =>
  target?.state === 'absent' || target?.state === 'failed' ? (target.reason ?? 'it is not ready') : undefined

const addEdge = (
  {nodes, edges}: Drawing,
  from: string,
  to: string | undefined,
  role: EdgeRole,
  label?: string,
  /** Why the way itself is broken. */
  fault?: string,
): void => {
  if (to === undefined) return
  const broken = fault ?? whyBroken(nodes.get(to)) ?? (nodes.get(from)?.state === 'absent' ? ABSENT_SENDER : undefined)
  const id = `${from} ${role} ${to}`
  const known = edges.get(id)
  if (known === undefined || (known.broken === undefined && broken !== undefined))
    edges.set(id, {
      from,
      to,
      role,
      ...(label === undefined || label === '' ? {} : {label}),
      ...(broken === undefined ? {} : {broken}),
    })
}

const deadLetters = (drawing: Drawing, known: Snapshot, object: KubeObject, from: string): void =>
  addEdge(
    drawing,
    from,
    destinationNode(drawing, known, at(object, 'spec', 'delivery', 'deadLetterSink'), object.metadata.namespace ?? ''),
    'dead letters',
  )

const drawTrigger = (drawing: Drawing, known: Snapshot, trigger: KubeObject): void => {
  const {namespace = '', annotations = {}} = trigger.metadata
  const id = addNode(drawing, nodeOf(trigger))
  const broker = targetNode(drawing, known, {...BROKER, namespace, name: brokerNameOf(trigger)})
  const label = [filterText(trigger), annotations[DELIVERY_ORDER] === 'ordered' ? 'ordered' : '']
    .filter(Boolean)
    .join('; ')
  addEdge(drawing, broker, id, 'offers', label)
  addEdge(drawing, id, destinationNode(drawing, known, at(trigger, 'spec', 'subscriber'), namespace), 'delivers')
  deadLetters(drawing, known, trigger, id)
}

const drawSubscription = (drawing: Drawing, known: Snapshot, subscription: KubeObject): void => {
  const {namespace = ''} = subscription.metadata
  const id = addNode(drawing, nodeOf(subscription))
  const [apiVersion, kind, name] = ['apiVersion', 'kind', 'name'].map((field) =>
    textAt(subscription, 'spec', 'channel', field),
  )
  if (apiVersion && kind && name)
    addEdge(drawing, targetNode(drawing, known, {apiVersion, kind, name, namespace}), id, 'offers')
  addEdge(drawing, id, destinationNode(drawing, known, at(subscription, 'spec', 'subscriber'), namespace), 'delivers')
  addEdge(drawing, id, destinationNode(drawing, known, at(subscription, 'spec', 'reply'), namespace), 'replies')
  deadLetters(drawing, known, subscription, id)
}

/** A SinkBinding is the way from its subject to its sink, not a place. */
const drawBinding = (drawing: Drawing, known: Snapshot, binding: KubeObject): void => {
  const {namespace = '', name} = binding.metadata
  const sink = destinationNode(drawing, known, at(binding, 'spec', 'sink'), namespace)
  const [apiVersion, kind, subject] = ['apiVersion', 'kind', 'name'].map((field) =>
    textAt(binding, 'spec', 'subject', field),
  )
  const home = textAt(binding, 'spec', 'subject', 'namespace') || namespace
  if (!apiVersion || !kind || !subject) return addEdge(drawing, addNode(drawing, nodeOf(binding)), sink, 'sends')
  // The Deployment of a supporting service is the service.
  const asService = {...SERVICE, namespace: home, name: subject}
  const isService = drawing.nodes.has(keyOf(asService, asService))
  const from = targetNode(drawing, known, isService ? asService : {apiVersion, kind, namespace: home, name: subject})
  const readiness = readinessOf(binding)
  const fault = readiness.state === 'failed' ? `SinkBinding: ${whyNotReady(readiness) || 'it is not ready'}` : undefined
  addEdge(drawing, from, sink, 'sends', `SinkBinding ${name}`, fault)
}

/** The steps of a Sequence, or the branches of a Parallel; the channels between them are theirs. */
const drawFlow = (drawing: Drawing, known: Snapshot, flow: KubeObject): void => {
  const {namespace = ''} = flow.metadata
  const id = addNode(drawing, nodeOf(flow))
  const lead = (destination: unknown, role: EdgeRole, label?: string): void =>
    addEdge(drawing, id, destinationNode(drawing, known, destination, namespace), role, label)
  listAt(flow, 'spec', 'steps').forEach((step, index) => lead(step, 'delivers', `step ${index + 1}`))
  listAt(flow, 'spec', 'branches').forEach((branch, index) => {
    lead(at(branch, 'filter'), 'delivers', `filter ${index + 1}`)
    lead(at(branch, 'subscriber'), 'delivers', `branch ${index + 1}`)
    lead(at(branch, 'reply'), 'replies', `of branch ${index + 1}`)
  })
  lead(at(flow, 'spec', 'reply'), 'replies')
}

const effectiveNode = (
  drawing: Drawing,
  known: Snapshot,
  sink: EffectiveDestination | undefined,
): string | undefined =>
  sink?.mode === 'ref' ? targetNode(drawing, known, {...BROKER, namespace: sink.namespace, name: sink.name}) : undefined

const drawPlatform = (drawing: Drawing, known: Snapshot, object: KubeObject): void => {
  const platform = readPlatform(object)
  const id = addNode(drawing, nodeOf(object))
  for (const key of serviceKeys) {
    if (platform.services?.[key] === undefined) continue
    const target = {...SERVICE, namespace: platform.namespace, name: serviceObjectName(platform.name, key)}
    addEdge(drawing, id, targetNode(drawing, known, target), 'has', serviceTitle[key])
    if (key === 'jobService')
      addEdge(drawing, keyOf(target, target), effectiveNode(drawing, known, serviceSink(platform)), 'sends')
  }
}

const drawWorkflow = (drawing: Drawing, known: Snapshot, object: KubeObject): void => {
  const id = addNode(drawing, nodeOf(object))
  const {namespace = ''} = object.metadata
  const platforms = known.list(PLATFORM, namespace)
  const platform = isFound(platforms) ? activePlatform(platforms.map(readPlatform)) : undefined
  if (platform === undefined)
    return addEdge(drawing, id, destinationNode(drawing, known, at(object, 'spec', 'sink'), namespace), 'sends')
  addEdge(drawing, id, effectiveNode(drawing, known, workflowSink(readWorkflow(object), platform, undefined)), 'sends')
}

const makers: readonly string[] = [BROKER.kind, CHANNEL.kind, SEQUENCE.kind, PARALLEL.kind]

/** Brokers, channels and flows make channels and subscriptions for themselves; those are not drawn. */
const isOwn = ({metadata}: KubeObject): boolean =>
  metadata.labels?.[BROKER_LABEL] === undefined &&
  metadata.ownerReferences?.some(({kind}) => makers.includes(kind)) !== true

const notVerifiedOf = (known: Snapshot): string[] => {
  const {namespace} = known.state
  const forbidden = ownKinds.filter((kind) => known.list(kind, namespace) === 'forbidden').map(resourceOf)
  const where = namespace === undefined ? 'in all namespaces' : `in namespace ${namespace}`
  return forbidden.length === 0 ? [] : [`you may not list ${forbidden.join(', ')} ${where}`]
}

/** Who sends to whom, as far as it is configured; what is broken is marked with the reason. */
export const viewTopology = (known: Snapshot): Topology => {
  const drawing: Drawing = {nodes: new Map(), edges: new Map()}
  known.subjects(PLATFORM).forEach((one) => drawPlatform(drawing, known, one))
  known.subjects(WORKFLOW).forEach((one) => drawWorkflow(drawing, known, one))
  for (const source of known.subjects(...sourceKinds)) {
    const id = addNode(drawing, nodeOf(source))
    addEdge(
      drawing,
      id,
      destinationNode(drawing, known, at(source, 'spec', 'sink'), source.metadata.namespace ?? ''),
      'sends',
    )
  }
  known.subjects(SINK_BINDING).forEach((one) => drawBinding(drawing, known, one))
  for (const broker of known.subjects(BROKER, CHANNEL, ...realChannelKinds)) {
    if (broker.kind !== BROKER.kind && !isOwn(broker)) continue
    deadLetters(drawing, known, broker, addNode(drawing, nodeOf(broker)))
  }
  known.subjects(SEQUENCE, PARALLEL).forEach((one) => drawFlow(drawing, known, one))
  known.subjects(TRIGGER).forEach((one) => drawTrigger(drawing, known, one))
  known
    .subjects(SUBSCRIPTION)
    .filter(isOwn)
    .forEach((one) => drawSubscription(drawing, known, one))
  return {
    apiVersion: 'sfl/v1',
    kind: 'Topology',
    ...(known.state.namespace === undefined ? {} : {namespace: known.state.namespace}),
    nodes: [...drawing.nodes.values()],
    edges: [...drawing.edges.values()],
    notVerified: notVerifiedOf(known),
  }
}
