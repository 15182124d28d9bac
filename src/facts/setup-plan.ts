import {planBrokerApply} from '../domain/eventing/broker/apply.js'
import {readBrokerOptions} from '../domain/eventing/broker/options.js'
import {type Finding} from '../domain/findings/finding.js'
import {type KafkaAuthRequest} from '../domain/kafka/credentials/kafka-auth-options.js'
import {planKafkaAuth} from '../domain/kafka/credentials/kafka-auth-plan.js'
import {readKafkaConfigOptions} from '../domain/kafka/config/options.js'
import {planKafkaConfigApply} from '../domain/kafka/config/plan.js'
import {NAMESPACE} from '../domain/eventing/names.js'
import {handleOf, type KubeObject} from '../domain/core/object.js'
import {isFound} from '../domain/core/seen.js'
import {type Plan, type Step} from '../domain/core/plan.js'
import {planPostgresAuth, type PostgresAuthRequest} from '../domain/secret/postgres-auth.js'
import {planClusterPlatformApply, readClusterPlatformOptions} from '../domain/sonataflow/cluster-platform/plan.js'
import {readPlatform} from '../domain/sonataflow/model.js'
import {planPlatformApply, schemaOf} from '../domain/sonataflow/platform/create.js'
import {platformManifest, readPlatformOptions} from '../domain/sonataflow/platform/options.js'
import {planServicesConfigure, readConfigureOptions} from '../domain/sonataflow/services/configure.js'
import {type SetupPart} from '../domain/sonataflow/setup/parts.js'
import {type KubeClient} from '../kube/client.js'
import {examineRequest, kafkaAuthFacts, readConfigPlace} from './kafka-auth.js'
import {kafkaConfigFacts} from './kafka-config.js'
import {createFacts} from './broker.js'
import {clusterFacts} from './cluster-platform.js'
import {tryRead} from './look.js'
import {objectsOf, withPlanned} from './planned.js'
import {planOnPlatform, platformCreateFacts} from './platform-edit.js'
import {postgresAuthFacts} from './secret.js'

export interface SetupPlanOptions {
  fieldManager: string
  waitMs: number
  /** There is no SonataFlow operator: waiting for platforms would be in vain. */
  idle: boolean
  /** Go on in spite of errors, except for what the server itself would refuse. */
  force: boolean
  /** Milliseconds since 1970. */
  now: number
  /** Credentials with their passwords, which are no part of the answers. */
  postgres?: readonly PostgresAuthRequest[]
  kafka?: KafkaAuthRequest
}

const planNamespace = async (client: KubeClient, name: string): Promise<Plan> => {
  const object = {...NAMESPACE, metadata: {name}}
  const found = await tryRead(client.get({...NAMESPACE, name}))
  return {steps: [isFound(found) ? {verb: 'keep', object: found} : {verb: 'create', object}], findings: []}
}

const planPart = async (client: KubeClient, part: SetupPart, options: SetupPlanOptions): Promise<Plan> => {
  const {fieldManager, waitMs, force, now} = options
  const operated = options.idle ? {} : {waitMs}
  switch (part.part) {
    case 'namespace':
      return planNamespace(client, part.name)
    case 'postgres-secret': {
      const postgres = options.postgres?.find(({name}) => name === part.wish.name)
      if (postgres === undefined) return nothing
      return planPostgresAuth(postgres, {force}, await postgresAuthFacts(client, postgres))
    }
    case 'kafka-secret': {
      if (options.kafka === undefined) return nothing
      const place = await readConfigPlace(client)
      const {request, bundle} = examineRequest(options.kafka, false)
      const {wish} = part
      const files = {authority: wish.caCert, client: wish.clientCert, key: wish.clientKey}
      return planKafkaAuth(request, {files, now, force}, await kafkaAuthFacts(client, request, place, bundle)).plan
    }
    case 'kafka-config': {
      const request = readKafkaConfigOptions(part.options)
      const {name, namespace, settings} = request
      const {authSecret} = settings
      const question = {name, namespace, authSecret, withoutSecret: authSecret === undefined}
      return planKafkaConfigApply(request, {fieldManager, force}, await kafkaConfigFacts(client, question))
    }
    case 'broker': {
      const request = readBrokerOptions(part.options)
      return planBrokerApply(request, {fieldManager, waitMs, force}, await createFacts(client, request))
    }
    case 'platform': {
      const request = readPlatformOptions(part.options)
      const facts = await platformCreateFacts(client, request.namespace, (found) =>
        readPlatform(platformManifest(request, schemaOf(found))),
      )
      return planPlatformApply(request, {fieldManager, force, ...operated}, facts)
    }
    case 'replicas': {
      const {namespace, platform, service, replicas} = part
      const request = readConfigureOptions({replicas})
      return planOnPlatform(
        client,
        {namespace, name: platform},
        (facts) => planServicesConfigure(service, request, {force}, facts),
        operated.waitMs,
      )
    }
    case 'cluster-platform': {
      const request = readClusterPlatformOptions(part.options)
      return planClusterPlatformApply(
        request,
        {fieldManager, force, ...operated},
        await clusterFacts(client, request.platform),
      )
    }
  }
}

const nothing: Plan = {steps: [], findings: []}

/** What a later part changes once more is waited for then, and not twice. */
const lastWaits = (steps: readonly Step[]): Step[] =>
  steps.filter(
    (step, index) =>
      step.verb !== 'wait' ||
      !steps
        .slice(index + 1)
        .some(
          (later) =>
            later.verb === 'wait' &&
            later.until === step.until &&
            handleOf(later.ref) === handleOf(step.ref) &&
            later.ref.namespace === step.ref.namespace,
        ),
  )

/** Findings about the command line alone, and those that a later part answers. */
const settledLater = (finding: Finding, later: readonly KubeObject[]): boolean =>
  // "Nobody names this yet" is said of what the next part will name.
  ['SFL-A15', 'SFL-A16', 'SFL-K30'].includes(finding.code) && later.length > 0

/**
 * One plan for all parts of a set-up, in their order. Each part is planned on the cluster as the parts before it will
 * leave it: what is said is what will be. Throws InvalidArgument for what can never be valid.
 */
export const planSetup = async (
  client: KubeClient,
  parts: readonly SetupPart[],
  options: SetupPlanOptions,
): Promise<Plan> => {
  const plans: Plan[] = []
  for (const part of parts) {
    const planned = plans.flatMap(objectsOf)
    plans.push(await planPart(withPlanned(client, planned), part, options))
  }
  const steps = lastWaits(plans.flatMap((plan) => plan.steps))
  const findings = plans.flatMap(({findings: found}, index) =>
    found.filter((one) => !settledLater(one, plans.slice(index + 1).flatMap(objectsOf))),
  )
  return {steps, findings}
}
