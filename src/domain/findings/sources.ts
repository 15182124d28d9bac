/** Where a rule is written down, for people who want to read more. */
export interface Source {
  title: string
  /** Left out where no lasting address is known. */
  link?: string
}

/** The titles of the sections of the OpenShift Serverless documentation that the program is about. */
const sections = {
  '5.3': 'Managing supporting services',
  '5.3.1': 'Supporting services and workflow integration',
  '5.3.2': 'Supporting services deployment with the SonataFlowPlatform CR',
  '5.3.3': 'Supporting services scope',
  '5.3.4': 'Supporting services persistence configurations',
  '5.3.4.1': 'Ephemeral persistence configuration',
  '5.3.4.2': 'Database migration configuration',
  '5.3.4.2.1': 'Job-based database migration strategy',
  '5.3.4.2.2': 'Service-based database migration strategy',
  '5.3.4.2.3': 'None migration strategy',
  '5.3.4.3': 'PostgreSQL persistence configuration',
  '5.3.4.4': 'Common PostgreSQL persistence configuration',
  '5.3.4.5': 'Platform-scoped PostgreSQL persistence configuration',
  '5.3.5': 'Supporting services eventing system configurations',
  '5.3.5.1': 'Platform-scoped eventing system configuration',
  '5.3.5.2': 'Service-scoped eventing system configuration',
  '5.3.5.3': 'Data Index eventing system configuration',
  '5.3.5.4': 'Job Service eventing system configuration',
  '5.3.5.5': 'Cluster-scoped eventing system configuration for supporting services',
  '5.3.5.6': 'Eventing system configuration precedence rules for supporting services',
  '5.3.5.7': 'Eventing system linking configuration',
  '5.3.6': 'Advanced supporting services configurations',
  '5.3.7': 'Cluster-scoped supporting services',
  '5.4': 'Brokers',
  '5.4.1': 'Brokers',
  '5.4.2': 'Broker types',
  '5.4.2.1': 'Default broker implementation for development purposes',
  '5.4.2.2': 'Production-ready Kafka broker implementation',
  '5.4.3': 'Creating brokers',
  '5.4.3.1': 'Creating a broker by using the Knative CLI',
  '5.4.3.2': 'Creating a broker by annotating a trigger',
  '5.4.3.3': 'Creating a broker by labeling a namespace',
  '5.4.3.4': 'Deleting a broker that was created by injection',
  '5.4.3.5': 'Creating a broker by using the web console',
  '5.4.3.6': 'Creating a broker by using the Administrator perspective',
  '5.4.3.7': 'Next steps',
  '5.4.3.8': 'Additional resources',
  '5.4.4': 'Configuring the default broker backing channel',
  '5.4.5': 'Configuring the default broker class',
  '5.4.6': 'Kafka broker',
  '5.4.6.1': 'Creating a Kafka broker when it is not configured as the default broker type',
  '5.4.6.1.1': 'Creating a Kafka broker by using YAML',
  '5.4.6.1.2': 'Creating a Kafka broker that uses an externally managed Kafka topic',
  '5.4.6.2': 'Configuring Kafka broker settings',
  '5.4.6.3': 'Security configuration for Knative Kafka brokers',
  '5.4.6.3.1': 'Configuring TLS authentication for Kafka brokers',
  '5.4.6.3.2': 'Configuring SASL authentication for Kafka brokers',
  '5.4.6.4': 'Additional resources',
  '5.4.7': 'Managing brokers',
  '5.4.7.1': 'Listing existing brokers by using the Knative CLI',
  '5.4.7.2': 'Describing an existing broker by using the Knative CLI',
  '5.4.8': 'Event delivery',
  '5.4.8.1': 'Event delivery behavior patterns for channels and brokers',
  '5.4.8.1.1': 'Knative Kafka channels and brokers',
  '5.4.8.2': 'Configurable event delivery parameters',
  '5.4.8.3': 'Examples of configuring event delivery parameters',
  '5.4.8.4': 'Configuring event delivery ordering for triggers',
} as const
export type Section = keyof typeof sections

/** A section of the OpenShift Serverless documentation by its title; `note` says what in it. */
export const section = (number: Section, note?: string): Source => ({
  title: `OpenShift Serverless, "${sections[number]}"${noteText(note)}`,
})

const noteText = (note: string | undefined): string => (note === undefined ? '' : ` (${note})`)

/** Branches that still have the files; elsewhere the default branch has them. */
const branches: Readonly<Record<string, string>> = {'kubesmarts/logic-operator': 'main-1.x'}

/** A file or folder of a repository, `OWNER/NAME`. */
export const upstream = (name: string, path: string, note?: string): Source => {
  const view = /\.\w+$/.test(path) ? 'blob' : 'tree'
  return {
    title: `${name}, ${path}${noteText(note)}`,
    link: `https://github.com/${name}/${view}/${branches[name] ?? 'HEAD'}/${path}`,
  }
}

/** A repository as a whole. */
export const repository = (name: string): Source => ({title: name, link: `https://github.com/${name}`})

export const issue = (name: string, number: number): Source => ({
  title: `${name}, issue ${number}`,
  link: `https://github.com/${name}/issues/${number}`,
})

export const pull = (name: string, number: number): Source => ({
  title: `${name}, pull request ${number}`,
  link: `https://github.com/${name}/pull/${number}`,
})

/** Something else, by the name under which it is found. */
export const other = (title: string): Source => ({title})
