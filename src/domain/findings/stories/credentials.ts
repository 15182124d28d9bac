import {issue, other, section, upstream} from '../sources.js'
import {type Stories} from '../story.js'
/** SFL-A: credentials (auth), the Secrets of Kafka and PostgreSQL and the certificates in them. */
export const secretStories = {
  'SFL-A01': {
    means: 'The Secret is there already, and some of its values are others than those given.',
    behaviour: 'Nothing was changed. Everybody who reads the Secret would get the new values at once.',
    repair: 'Look at it with secret describe; add --replace to change it.',
    sources: [section('5.4.6.3'), section('5.3.4.3')],
  },
  'SFL-A02': {
    means: 'The Secret is marked for deletion and held by a finalizer.',
    behaviour:
      'A Kafka broker holds its Secret (finalizer kafka.eventing/<uid of the broker>) until it lets go of it; changes have no effect.',
    repair: 'Wait until it is gone, or take the reference to it away first.',
    sources: [upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/reconciler/broker/broker.go')],
  },
  'SFL-A03': {
    means: 'The Secret is immutable, or of a type that demands other keys.',
    behaviour: 'The API server refuses changes to the data of an immutable Secret.',
    repair: 'Choose another name, or delete the Secret and create it again.',
    sources: [other('Kubernetes, "Secrets", immutable Secrets')],
  },
  'SFL-A04': {
    means: 'A file or key that should hold certificates in PEM does not.',
    behaviour:
      'The control plane answers "failed to parse CA certificates (key: ca.crt)" or "failed to load x.509 key pair", and TopicReady is False.',
    repair: 'Give a file with BEGIN CERTIFICATE blocks; DER is converted with openssl x509 -inform der.',
    sources: [
      section('5.4.6.3.1'),
      upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/security/config.go'),
    ],
  },
  'SFL-A05': {
    means: 'The client key is missing, encrypted, damaged, or not in PKCS #8.',
    behaviour:
      "Since 1.16 the control plane refuses PKCS #1; SEC1 keys pass it, but the data plane's Kafka client reads only PKCS #8.",
    repair: 'Convert it with --convert-key, or openssl pkcs8 -topk8 -nocrypt.',
    sources: [
      section('5.4.6.3.1'),
      upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/security/config.go'),
    ],
  },
  'SFL-A06': {
    means: 'The private key is not the one that the client certificate was issued for.',
    behaviour: 'The control plane answers "failed to load x.509 key pair", and TopicReady is False.',
    repair: 'Give certificate and key of one pair.',
    sources: [
      section('5.4.6.3.1'),
      upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/security/config.go'),
    ],
  },
  'SFL-A07': {
    means: 'User or password has a double quote, a backslash, a line end or another control character.',
    behaviour:
      'The control plane takes them, but the data plane pastes both unescaped between quotes into one line of JAAS configuration: the login fails or is another one.',
    repair: 'Choose other characters in Kafka, or create the Secret again without the line end.',
    sources: [
      upstream(
        'knative-extensions/eventing-kafka-broker',
        'data-plane/core/src/main/java/dev/knative/eventing/kafka/broker/core/security/KafkaClientsAuth.java',
      ),
    ],
  },
  'SFL-A08': {
    means: 'The last day of validity is over.',
    behaviour:
      'Connections to Kafka fail in the TLS handshake; brokers lose TopicReady with the next look of the controller.',
    repair: 'Renew the certificate and replace the Secret; it is read again without a restart.',
    sources: [section('5.4.6.3.1')],
  },
  'SFL-A09': {
    means: 'Less than 30 days are left.',
    behaviour: 'From that day on connections to Kafka fail in the TLS handshake.',
    repair: 'Renew the certificate and replace the Secret; it is read again without a restart.',
    sources: [section('5.4.6.3.1')],
  },
  'SFL-A10': {
    means: 'Its first day of validity is still to come.',
    behaviour: 'Until then connections to Kafka fail in the TLS handshake.',
    repair: 'Check the clock, or wait with the Secret until that day.',
    sources: [section('5.4.6.3.1')],
  },
  'SFL-A11': {
    means: 'No chain of signatures leads from the client certificate to the CA certificate of the Secret.',
    behaviour:
      "ca.crt is what Kafka's servers are checked against; Kafka checks client certificates against a CA of its own choice.",
    repair: 'Nothing to do where the two differ on purpose; otherwise give the right files.',
    sources: [section('5.4.6.3.1')],
  },
  'SFL-A12': {
    means: 'ca.crt holds only certificates that may not sign others.',
    behaviour: 'Such a certificate is trusted as it is: when Kafka renews its own, connections fail.',
    repair: "Give the certificate of the CA that signs Kafka's server certificates.",
    sources: [section('5.4.6.3.1')],
  },
  'SFL-A13': {
    means: 'SASL without TLS (protocol SASL_PLAINTEXT).',
    behaviour: 'User and password (with PLAIN) and all events can be read on the way to Kafka.',
    repair: 'Leave --no-tls out; Red Hat recommends SASL and TLS together.',
    sources: [section('5.4.6.3')],
  },
  'SFL-A14': {
    means: 'Brokers look for the Secret in the namespace of the ConfigMap that their spec.config names.',
    behaviour:
      'A Secret of that name in another namespace is not found: TopicReady is False, Failed to get broker auth secret.',
    repair: 'Create it in the namespace of the ConfigMap.',
    sources: [
      section('5.4.6.3'),
      upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/reconciler/broker/broker.go'),
    ],
  },
  'SFL-A15': {
    means: 'user.crt and user.key are read with protocol SSL by all, with SASL_SSL by the data plane only.',
    behaviour: 'Where Kafka demands client certificates, the control plane cannot create or look at topics.',
    repair: 'Nothing to do where Kafka does not demand client certificates.',
    sources: [upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/security/config.go')],
  },
  'SFL-A16': {
    means: 'No broker ConfigMap, KnativeKafka, KafkaSink, KafkaSource or platform names the Secret.',
    behaviour: 'A Secret alone changes nothing.',
    repair: 'Put its name into the settings of the brokers with --attach, or into the platform.',
    sources: [section('5.4.6.3'), section('5.3.4.3')],
  },
  'SFL-A17': {
    means: 'A platform or source names keys of the Secret that are not there.',
    behaviour: 'Pods stay in CreateContainerConfigError, or the source does not get ready.',
    repair: 'Create the Secret with those keys, or name the keys that it has.',
    sources: [section('5.3.4.3')],
  },
  'SFL-A18': {
    means: 'Something names a Secret that is not there.',
    behaviour: 'Whoever reads it does not become ready.',
    repair: 'Create the Secret.',
    sources: [section('5.4.6.3'), section('5.3.4.3')],
  },
  'SFL-A19': {
    means: 'A file holds text that is no part of a PEM block.',
    behaviour: 'It is passed over.',
    repair: 'Nothing to do; a block that was cut off shows like this too.',
    sources: [section('5.4.6.3.1')],
  },
  'SFL-A20': {
    means: 'Pods get the values of this Secret as environment variables when they start.',
    behaviour:
      'Until they are restarted they use the old user and password; once the database refuses those, they fail.',
    repair: 'Restart the Deployments.',
    sources: [other('SonataFlow operator, persistence of the supporting services')],
  },
  'SFL-A21': {
    means: 'The settings of the brokers name another Secret.',
    behaviour:
      'With the change, all brokers that use these settings connect with the new Secret; the controller reads it at once.',
    repair: 'Check that the new credentials have the rights of the old ones.',
    sources: [section('5.4.6.3')],
  },
  'SFL-A22': {
    means: 'The Secret has the format that came before `protocol`: tls.enabled, saslType, username.',
    behaviour:
      'KafkaChannels and trigger dispatchers read it; the ingress of brokers and KafkaSinks do not ("No security protocol specified").',
    repair: 'Add protocol and sasl.mechanism; both formats can stand in one Secret.',
    sources: [section('5.4.6.3.2'), issue('knative-extensions/eventing-kafka-broker', 605)],
  },
  'SFL-A23': {
    means: 'The Secret has no ca.crt, so what the system trusts is trusted.',
    behaviour:
      "A Kafka whose certificate is signed by a CA of its own, as Strimzi's are, is refused: certificate signed by unknown authority.",
    repair: 'Give the certificate of that CA with --ca-cert.',
    sources: [
      section('5.4.6.3.2'),
      upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/security/config.go'),
    ],
  },
  'SFL-A24': {
    means: 'The Secret was deleted while something still uses it.',
    behaviour:
      'The Kafka controller puts kafka.eventing/<uid of the broker> on the Secret of a broker and takes it off when the broker is gone or uses another Secret.',
    repair: 'Let the brokers use another Secret; the finalizer can be removed by hand when its broker is long gone.',
    sources: [upstream('knative-extensions/eventing-kafka-broker', 'control-plane/pkg/reconciler/broker/broker.go')],
  },
  'SFL-A25': {
    means: 'The ConfigMap that should name the Secret does not exist, and no operator would write it.',
    behaviour: 'A ConfigMap with nothing but the name of the Secret would be of no use to a broker.',
    repair: 'Create the settings first, then attach the Secret.',
    sources: [section('5.4.6.2'), section('5.4.6.3')],
  },
} as const satisfies Stories
