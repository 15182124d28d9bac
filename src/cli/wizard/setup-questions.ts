import {platformNameFault, serviceKeys} from '../../domain/sonataflow/names.js'
import {platformNames, setupResources} from '../../domain/sonataflow/setup/facts.js'
import {isFound} from '../../domain/core/seen.js'
import {checkNamespace} from '../../domain/core/syntax.js'
import {checkedBy} from './question.js'
import {databaseQuestions} from './setup-database-questions.js'
import {eventingQuestions} from './setup-eventing-questions.js'
import {withServices, type SetupQuestion, type SetupSources} from './setup-question.js'

/** Namespaces of the system are no place for a platform. */
const SYSTEM = /^(kube-|openshift($|-)|knative-)|-(operator|system)$/

const rightsFault = async ({lookups}: SetupSources, namespace: string): Promise<true | string> => {
  const missing = await lookups.missingRights(namespace)
  return missing.includes(setupResources[0])
    ? `you may not create ${setupResources[0].resource} in namespace "${namespace}": choose another one`
    : true
}

const place = (sources: SetupSources): SetupQuestion[] => {
  const {facts, lookups, here, preparing} = sources
  return [
    {
      id: 'namespace',
      text: 'Namespace of the platform?',
      why: 'Workflows use the platform of their own namespace.',
      help: 'The operator looks for a platform in the namespace of each workflow; without one there it takes what a cluster platform shares. Only one platform of a namespace is active. Document 5.3.3.',
      choices: () =>
        isFound(facts.namespaces)
          ? [
              ...(facts.namespaces.includes(here)
                ? []
                : [{value: here, about: 'does not exist yet: it would be made'}]),
              ...facts.namespaces
                .filter((name) => name === here || !SYSTEM.test(name))
                .map((value) => {
                  const [platform] = platformNames(facts, value)
                  return {value, ...(platform === undefined ? {} : {about: `has platform ${platform}`})}
                }),
            ]
          : [],
      other: 'a new one',
      otherText: 'Name of the new namespace:',
      initial: () => here,
      check: checkedBy((answer) => checkNamespace(answer)),
      verify: async (answer) =>
        preparing
          ? true
          : (await lookups.namespaceExists(answer)) === false && !facts.rights.namespaces
            ? `namespace "${answer}" does not exist, and you may not create one`
            : rightsFault(sources, answer),
    },
    {
      id: 'createNamespace',
      text: ({namespace = ''}) => `Namespace "${namespace}" does not exist. Create it?`,
      why: 'It is made first, and is part of the runbook and of the manifests.',
      help: 'A namespace without labels and quotas of its own. It is made together with all the rest, at the end, and not before. Go back to choose another one.',
      // Given with the answers of a file, it stays said where the namespace is there by now.
      when: async ({namespace = '', createNamespace}) =>
        createNamespace !== undefined || (await lookups.namespaceExists(namespace)) === false,
      choices: () => [{value: 'yes', label: 'yes'}],
      // Nobody makes a namespace because of a typing mistake: in a file it has to be said.
      initial: () => undefined,
      verify: async (answer, {namespace = ''}) =>
        answer === 'yes' || (await lookups.namespaceExists(namespace)) !== false
          ? true
          : `namespace "${namespace}" does not exist; createNamespace: yes makes it`,
    },
    {
      id: 'name',
      text: 'Name of the platform:',
      why: 'Its services are named after it, and so are their schemas in the database.',
      help: 'Lower-case letters, digits and "-"; at most 44 characters, and 27 where a Job migrates the database. A platform that is there already is changed: only one of a namespace is active. Where a workflow came first, the operator has made one that is called sonataflow-platform.',
      // Only one platform of a namespace is active, so the one that is there is the one to go on with.
      initial: ({namespace = ''}) => platformNames(facts, namespace)[0] ?? 'sonataflow-platform',
      check: (answer) => platformNameFault(answer, {services: serviceKeys}) ?? true,
    },
    {
      id: 'services',
      text: 'Which services?',
      why: 'Data Index answers questions about workflows; Job Service runs their timers.',
      help: 'Workflows run without both, but then nobody can query them, and timers and timeouts do not survive a restart of the pod. Leaving one out is for advanced use. Document 5.3.1 and 5.3.2.',
      choices: () => [
        {value: 'all', label: 'Data Index and Job Service'},
        {value: 'data-index', label: 'Data Index only'},
        {value: 'job-service', label: 'Job Service only'},
        {value: 'none', label: 'none'},
      ],
      initial: () => 'all',
    },
  ]
}

const sharing = ({facts: {rights, clusterPlatforms}}: SetupSources): SetupQuestion => ({
  id: 'shareWithCluster',
  text: 'May workflows of all namespaces use its services?',
  why: 'Workflows in namespaces without a platform of their own then use this one.',
  help: 'This makes a cluster platform that names the platform. Only one of them is active. Document 5.3.7.',
  when: (answers) =>
    withServices(answers) && rights.clusterPlatforms && isFound(clusterPlatforms) && clusterPlatforms.length === 0,
  choices: () => [
    {value: 'no', label: 'no, only those of its namespace'},
    {value: 'yes', label: 'yes'},
  ],
  initial: () => 'no',
})

/** All questions of a set-up in their order; what was found on the cluster is offered, the document's advice is what Enter means. */
export const setupQuestions = (sources: SetupSources): readonly SetupQuestion[] => [
  ...place(sources),
  ...databaseQuestions(sources),
  ...eventingQuestions(sources),
  sharing(sources),
]
