import {readBootstrapServers} from '../../domain/kafka/config/bootstrap-servers.js'
import {MECHANISMS} from '../../domain/kafka/credentials/secret-format.js'
import {parseBrokerReference} from '../../domain/sonataflow/eventing/destination-options.js'
import {kafkaWorks, offeredBrokers} from '../../domain/sonataflow/setup/facts.js'
import type {SetupAnswers} from '../../domain/sonataflow/setup/answers.js'
import {checkName} from '../../domain/core/syntax.js'
import type {Choice} from '../../terminal/prompts.js'
import {checkedBy} from './question.js'
import {
  filled,
  named,
  passwordFile,
  secretChoices,
  whole,
  withServices,
  type SetupQuestion,
  type SetupSources,
} from './setup-question.js'

const withSettings = ({eventing, kafkaSettings}: SetupAnswers): boolean =>
  eventing === 'kafka' && kafkaSettings === 'new'
const isNewLogin = ({kafkaLogin}: SetupAnswers): boolean =>
  kafkaLogin !== undefined && !['none', 'existing'].includes(kafkaLogin)
const withSasl = (answers: SetupAnswers): boolean =>
  withSettings(answers) && isNewLogin(answers) && answers.kafkaLogin !== 'certificate'
const withCertificate = (answers: SetupAnswers): boolean =>
  withSettings(answers) && answers.kafkaLogin === 'certificate'

/** The ways in which events can go on this cluster. */
const ways = ({facts}: SetupSources, {namespace = ''}: SetupAnswers): readonly Choice[] => [
  ...(offeredBrokers(facts, namespace).length > 0 ? [{value: 'existing', label: 'through a broker that exists'}] : []),
  ...(kafkaWorks(facts) ? [{value: 'kafka', label: 'through a new broker of class Kafka'}] : []),
  {value: 'direct', label: 'directly, over HTTP'},
]

const broker = (sources: SetupSources): SetupQuestion[] => {
  const {facts} = sources
  return [
    {
      id: 'eventing',
      text: 'How do workflows and services talk to each other?',
      why: 'Through a broker, events wait while a service is down; directly, they are lost.',
      help: 'With a broker the operator makes triggers for the services, and SinkBindings for the workflows. Without one, workflows call the services over HTTP. In production the document asks for a broker of class Kafka. Document 5.3.5.',
      // Where there is only one way there is nothing to ask.
      when: (answers) => withServices(answers) && (answers.eventing !== undefined || ways(sources, answers).length > 1),
      choices: (answers) => ways(sources, answers),
    },
    {
      id: 'broker',
      text: ({eventing}) => (eventing === 'kafka' ? 'Name of the new broker:' : 'Which broker?'),
      why: ({eventing}) =>
        eventing === 'kafka'
          ? 'It is made in the namespace of the platform, and waited for.'
          : 'Triggers are made in the namespace of the broker; it should be that of the platform.',
      help: 'The broker has to be ready before the operator links the services with it. A Kafka broker keeps events in a topic; brokers of other classes may lose them when their pods are restarted. Document 5.3.5.1.',
      when: (answers) => withServices(answers) && (answers.eventing === 'kafka' || answers.eventing === 'existing'),
      choices: ({namespace = '', eventing}) => (eventing === 'existing' ? offeredBrokers(facts, namespace) : []),
      initial: ({eventing}) => (eventing === 'kafka' ? 'default' : undefined),
      check: (answer, {eventing}) =>
        checkedBy(() =>
          eventing === 'kafka' ? checkName(answer, 'broker name') : parseBrokerReference(answer, '--broker'),
        )(answer),
    },
  ]
}

const settings: readonly SetupQuestion[] = [
  {
    id: 'kafkaSettings',
    text: 'Settings of Kafka for this broker?',
    why: 'Servers, topics and credentials come from a ConfigMap.',
    help: 'Those of the cluster are in the ConfigMap kafka-broker-config of the namespace knative-eventing ("kubectl sfl kafka config describe kafka-broker-config -n knative-eventing" shows them). Its own are in a new ConfigMap beside the broker. Document 5.4.6.2.',
    when: (answers) => withServices(answers) && answers.eventing === 'kafka',
    choices: () => [
      {value: 'default', label: 'those of the cluster'},
      {value: 'new', label: 'some of its own'},
    ],
    initial: () => 'default',
  },
  {
    id: 'bootstrapServers',
    text: 'Bootstrap servers of Kafka:',
    why: 'HOST:PORT, several separated by commas: as pods of this cluster reach them.',
    help: 'For a cluster of Strimzi in namespace kafka: my-cluster-kafka-bootstrap.kafka:9092, or the port of its listener with TLS, often 9093. The port belongs to the way to log in, which is asked for below.',
    when: withSettings,
    check: checkedBy(readBootstrapServers),
  },
  {
    id: 'partitions',
    text: 'Partitions of its topic:',
    why: 'As many events of one broker can be delivered at the same time.',
    help: 'It counts when the topic is made; a later change does not reach it. More partitions cost Kafka more, fewer limit what a trigger gets through. Document 5.4.6.2.',
    when: withSettings,
    initial: () => '10',
    check: whole('partitions'),
  },
  {
    id: 'replicationFactor',
    text: 'Replicas of its topic:',
    why: 'Not more than Kafka has servers; with one alone, events are lost with its disk.',
    help: 'It counts when the topic is made; a later change does not reach it. With more replicas than servers the topic cannot be made, and the broker does not become ready. Document 5.4.6.2.',
    when: withSettings,
    initial: () => '3',
    check: whole('replicationFactor'),
  },
]

const credentials = (sources: SetupSources): SetupQuestion[] => {
  const readable = async (path: string): Promise<true | string> =>
    path === '' ? true : ((await sources.fileFault(path)) ?? true)
  return [
    {
      id: 'kafkaLogin',
      text: 'How does the broker log in to Kafka?',
      why: 'It has to be what the listener of Kafka expects.',
      help: 'A Secret is read by the data plane of the broker, with the keys of OpenShift Serverless, "Security configuration for Knative Kafka brokers". User and password (SASL) are sent over TLS here. What the listener expects stands in the Kafka resource or with those who run Kafka.',
      when: withSettings,
      choices: () => [
        {value: 'none', label: 'not at all, without TLS'},
        {value: 'existing', label: 'with a Secret that exists'},
        ...MECHANISMS.map((value) => ({value, label: `user and password, SASL ${value}`})),
        {value: 'certificate', label: 'client certificate'},
      ],
      initial: () => 'none',
    },
    {
      id: 'kafkaSecret',
      text: ({kafkaLogin}) => (kafkaLogin === 'existing' ? 'Which Secret?' : 'Name of the new Secret:'),
      why: 'It has to be beside the ConfigMap, in the namespace of the platform.',
      help: 'Data planes of Knative read it in the namespace of the ConfigMap that names it. A Secret that exists needs the keys protocol, and for SASL sasl.mechanism, user and password. Document 5.4.6.3.',
      when: (answers) => withSettings(answers) && answers.kafkaLogin !== 'none',
      choices: async ({namespace, kafkaLogin}) => (kafkaLogin === 'existing' ? secretChoices(sources, namespace) : []),
      other: 'another one',
      otherText: 'Name of the Secret:',
      initial: ({kafkaLogin}) => (kafkaLogin === 'existing' ? undefined : 'kafka-auth'),
      check: named('secret name'),
    },
    {
      id: 'kafkaUser',
      text: 'User of Kafka:',
      why: 'It has to exist there, and may read and write the topics of brokers.',
      help: 'With Strimzi: the name of a KafkaUser. It needs rights on topics and consumer groups that begin with knative.',
      when: withSasl,
      check: filled('the user'),
    },
    {id: 'kafkaPasswordFile', ...passwordFile(sources, true), when: withSasl},
    {
      id: 'kafkaCaCert',
      text: "Who has signed Kafka's certificate?",
      why: 'By its CA certificate the broker can tell that it talks to the right Kafka.',
      help: 'With Strimzi: key ca.crt of the Secret CLUSTER-cluster-ca-cert. The certificate becomes part of the new Secret.',
      when: (answers) => withSettings(answers) && isNewLogin(answers),
      choices: () => [{value: '', label: 'a public CA'}],
      other: 'another CA: its certificate is in a file (PEM)',
      otherText: 'File with the CA certificate, PEM:',
      initial: () => '',
      verify: readable,
    },
    {
      id: 'kafkaClientCert',
      text: 'File with the client certificate, PEM:',
      why: 'With it the broker shows who it is.',
      help: 'With Strimzi: key user.crt of the Secret of the KafkaUser.',
      when: withCertificate,
      check: filled('the name of the file'),
      verify: readable,
    },
    {
      id: 'kafkaClientKey',
      text: 'File with its key, PEM, PKCS #8:',
      why: 'It becomes part of the new Secret, and is shown nowhere.',
      help: 'It begins with BEGIN PRIVATE KEY; "openssl pkcs8 -topk8 -nocrypt -in old.key -out new.key" converts others. With Strimzi: key user.key of the Secret of the KafkaUser.',
      when: withCertificate,
      check: filled('the name of the file'),
      verify: readable,
    },
  ]
}

/** Questions about brokers and Kafka. */
export const eventingQuestions = (sources: SetupSources): readonly SetupQuestion[] => [
  ...broker(sources),
  ...settings,
  ...credentials(sources),
]
