import {
  BROKER,
  BROKER_CLASS,
  BROKER_LABEL,
  CHANNEL,
  DELIVERY_ORDER,
  DEPLOYMENT,
  KNATIVE_SERVICE,
  SERVICE,
  SINK_BINDING,
  SUBSCRIPTION,
  TRIGGER,
} from '../eventing/names.js'
import {filterText} from '../eventing/trigger-filter-spec.js'
import {sinkOf} from '../eventing/reference.js'
import {type Kind, type KubeObject} from '../object.js'
import {at, textAt} from '../read.js'
import {conditionsOf, readinessOf, whyNotReady} from '../readiness.js'
import {seen} from '../seen.js'
import {activePlatform, readPlatform} from '../sonataflow/model.js'
import {PLATFORM, serviceKeys, serviceObjectName, serviceTitle, WORKFLOW} from '../sonataflow/names.js'
import {serviceSink, workflowSink, type EffectiveDestination} from '../sonataflow/effective-eventing.js'
import {readWorkflow} from '../sonataflow/workflow-model.js'
import {brokerNameOf} from './attached.js'
import {realChannelKinds, sourceKinds} from './check-kinds.js'
import {keyOf} from './cluster-state.js'
import {targetOf} from './destinations.js'
import {type Knowledge} from './knowledge.js'

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
}

/** Collects nodes and edges, each once. */
interface Drawing {
  nodes: Map<string, TopologyNode>
  edges: Map<string, TopologyEdge>
}

const noteOf = (object: KubeObject): string | undefined => {
  if (object.kind === BROKER.kind) return object.metadata.annotations?.[BROKER_CLASS]
  return object.kind === CHANNEL.kind ? textAt(object, 'spec', 'channelTemplate', 'kind') : undefined
}

const nodeOf = (object: KubeObject): TopologyNode => {
  const {namespace, name} = object.metadata
  // Services of Kubernetes have no conditions: they are there, and that is all.
  const plain = conditionsOf(object).length === 0 && object.apiVersion === SERVICE.apiVersion
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
const represented = (known: Knowledge, target: Kind & {namespace: string; name: string}): KubeObject | undefined => {
  const stands = [DEPLOYMENT, SERVICE, KNATIVE_SERVICE].some(
    (kind) => kind.kind === target.kind && kind.apiVersion.split('/')[0] === target.apiVersion.split('/')[0],
  )
  const workflow = stands ? known.get(WORKFLOW, target.namespace, target.name) : 'absent'
  return seen(workflow) ? workflow : undefined
}

const addNode = ({nodes}: Drawing, node: TopologyNode): string => {
  if (!nodes.has(node.id)) nodes.set(node.id, node)
  return node.id
}

/** The node for something that is named; it is drawn also when it is not there. */
const targetNode = (drawing: Drawing, known: Knowledge, target: Kind & {namespace: string; name: string}): string => {
  const workflow = represented(known, target)
  if (workflow !== undefined) return addNode(drawing, nodeOf(workflow))
  const found = known.get(target, target.namespace, target.name)
  if (seen(found)) return addNode(drawing, nodeOf(found))
  return addNode(drawing, {
    id: keyOf(target, target),
    kind: target.kind,
    name: target.name,
    namespace: target.namespace,
    state: found === 'absent' ? 'absent' : 'unknown',
    reason: found === 'absent' ? 'it does not exist' : 'it may not be read',
  })
}

const destinationNode = (
  drawing: Drawing,
  known: Knowledge,
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

const addEdge = (
  {nodes, edges}: Drawing,
  from: string,
  to: string | undefined,
  role: EdgeRole,
  label?: string,
): void => {
  if (to === undefined) return
  const target = nodes.get(to)
  const broken =
    target?.state === 'absent' || target?.state === 'failed' ? (target.reason ?? 'it is not ready') : undefined
  const id = `${from} ${role} ${to}`
  if (!edges.has(id))
    edges.set(id, {
      from,
      to,
      role,
      ...(label === undefined || label === '' ? {} : {label}),
      ...(broken === undefined ? {} : {broken}),
    })
}

const deadLetters = (drawing: Drawing, known: Knowledge, object: KubeObject, from: string): void =>
  addEdge(
    drawing,
    from,
    destinationNode(drawing, known, at(object, 'spec', 'delivery', 'deadLetterSink'), object.metadata.namespace ?? ''),
    'dead letters',
  )

const drawTrigger = (drawing: Drawing, known: Knowledge, trigger: KubeObject): void => {
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

const drawSubscription = (drawing: Drawing, known: Knowledge, subscription: KubeObject): void => {
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
const drawBinding = (drawing: Drawing, known: Knowledge, binding: KubeObject): void => {
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
  addEdge(drawing, from, sink, 'sends', `SinkBinding ${name}`)
}

const effectiveNode = (
  drawing: Drawing,
  known: Knowledge,
  sink: EffectiveDestination | undefined,
): string | undefined =>
  sink?.mode === 'ref' ? targetNode(drawing, known, {...BROKER, namespace: sink.namespace, name: sink.name}) : undefined

const drawPlatform = (drawing: Drawing, known: Knowledge, object: KubeObject): void => {
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

const drawWorkflow = (drawing: Drawing, known: Knowledge, object: KubeObject): void => {
  const id = addNode(drawing, nodeOf(object))
  const {namespace = ''} = object.metadata
  const platforms = known.list(PLATFORM, namespace)
  const platform = seen(platforms) ? activePlatform(platforms.map(readPlatform)) : undefined
  if (platform === undefined)
    return addEdge(drawing, id, destinationNode(drawing, known, at(object, 'spec', 'sink'), namespace), 'sends')
  addEdge(drawing, id, effectiveNode(drawing, known, workflowSink(readWorkflow(object), platform, undefined)), 'sends')
}

const isOwn = ({metadata}: KubeObject): boolean => metadata.labels?.[BROKER_LABEL] === undefined

/** Who sends to whom, as far as it is configured; what is broken is marked with the reason. */
export const viewTopology = (known: Knowledge): Topology => {
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
    const behind = broker.metadata.ownerReferences?.some(({kind}) => kind === CHANNEL.kind || kind === BROKER.kind)
    if (behind === true || (broker.kind !== BROKER.kind && !isOwn(broker))) continue
    deadLetters(drawing, known, broker, addNode(drawing, nodeOf(broker)))
  }
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
  }
}

/** The part that is connected with an object, against and along the way of events; `undefined` without such an object. */
export const around = (topology: Topology, name: string): Topology | undefined => {
  const [kind, own] = name.includes('/') ? name.split('/', 2) : [undefined, name]
  const starts = topology.nodes.filter(
    (node) => node.name === own && (kind === undefined || node.kind.toLowerCase() === kind.toLowerCase()),
  )
  if (starts.length === 0) return undefined
  const walk = (from: 'from' | 'to', to: 'from' | 'to'): Set<string> => {
    const next = new Map<string, string[]>()
    for (const edge of topology.edges) {
      const others = next.get(edge[from])
      if (others === undefined) next.set(edge[from], [edge[to]])
      else others.push(edge[to])
    }
    const reached = new Set(starts.map(({id}) => id))
    for (const id of reached) for (const one of next.get(id) ?? []) reached.add(one)
    return reached
  }
  const kept = new Set([...walk('from', 'to'), ...walk('to', 'from')])
  return {
    ...topology,
    nodes: topology.nodes.filter(({id}) => kept.has(id)),
    edges: topology.edges.filter(({from, to}) => kept.has(from) && kept.has(to)),
  }
}

/** `broker/orders`, for those who ask. */
export const nodeNames = ({nodes}: Topology): string[] => [...new Set(nodes.map(({name}) => name))]
