import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../../../src/domain/core/object.js'
import {setupResources, type SetupFacts} from '../../../../src/domain/sonataflow/setup/facts.js'
import {notInstalled, survey} from '../../../../src/domain/sonataflow/setup/survey.js'
import {surveyText} from '../../../../src/output/sonataflow/setup-survey.js'

const facts = (changes: Partial<SetupFacts> = {}): SetupFacts => ({
  namespaces: ['shop'],
  platformsServed: true,
  platforms: [],
  operator: {
    deployments: [{name: 'sonataflow-operator-controller-manager', namespace: 'sonataflow-operator-system', ready: 1}],
    settings: {imageTag: '1.38.0', images: {dataIndex: {}, jobService: {}}},
  },
  clusterPlatforms: [],
  knativeInstalled: true,
  servingInstalled: true,
  resources: {eventing: 'absent', serving: 'absent', kafka: 'absent'},
  olm: {versions: 'absent', subscriptions: 'absent'},
  brokers: [],
  services: [],
  classes: {defaults: 'forbidden', deployments: {'kafka-broker-receiver': 1}},
  rights: {namespaces: true, clusterPlatforms: true},
  missingHere: [],
  ...changes,
})

const csv = (name: string, displayName: string, phase: string, message?: string): KubeObject => ({
  apiVersion: 'operators.coreos.com/v1alpha1',
  kind: 'ClusterServiceVersion',
  metadata: {name: `${name}.v1.36.0`, namespace: 'openshift-serverless'},
  spec: {displayName, version: '1.36.0'},
  status: {phase, ...(message === undefined ? {} : {message})},
})

const subscription = (name: string, installedCSV?: string): KubeObject => ({
  apiVersion: 'operators.coreos.com/v1alpha1',
  kind: 'Subscription',
  metadata: {name, namespace: 'openshift-serverless'},
  spec: {name},
  status: installedCSV === undefined ? {state: 'UpgradePending'} : {installedCSV},
})

const eventing = (ready: boolean): KubeObject => ({
  apiVersion: 'operator.knative.dev/v1beta1',
  kind: 'KnativeEventing',
  metadata: {name: 'knative-eventing', namespace: 'knative-eventing'},
  status: {
    version: '1.16',
    conditions: [
      ready
        ? {type: 'Ready', status: 'True'}
        : {type: 'Ready', status: 'False', reason: 'Install', message: 'deployments are not available'},
    ],
  },
})

const said = (changes: Partial<SetupFacts>, columns = 100): string =>
  surveyText(survey(facts(changes), 'shop'), {columns})

describe('what is looked at before the first question', () => {
  test('a cluster with everything', () => {
    expect(said({})).toMatchInlineSnapshot(`
      "✔ SonataFlow operator  1.38.0, runs in sonataflow-operator-system
      ✔ Knative Eventing     installed
      ✔ Knative Serving      installed
      ✔ Kafka brokers        work
      - Brokers              none
      - PostgreSQL Services  none
      - Platforms            none
      - Cluster platform     none
      ✔ Your rights          all that is needed in namespace shop
      "
    `)
  })

  test('OpenShift with its operators, one of which is not installed completely', () => {
    const versions = [
      csv('serverless-operator', 'Red Hat OpenShift Serverless', 'Succeeded'),
      csv('logic-operator', 'OpenShift Serverless Logic', 'Failed', 'install strategy failed'),
      csv('web-terminal', 'Web Terminal', 'Succeeded'),
    ]
    const subscriptions = [
      subscription('serverless-operator', 'serverless-operator.v1.36.0'),
      subscription('amq-streams'),
    ]
    expect(said({olm: {versions, subscriptions}, resources: {eventing: [eventing(true)], serving: [], kafka: []}}))
      .toMatchInlineSnapshot(`
        "✔ SonataFlow operator  1.38.0, runs in sonataflow-operator-system
        ✖ Operators (OLM)      Red Hat OpenShift Serverless 1.36.0, OpenShift Serverless Logic 1.36.0
                               (Failed), amq-streams (subscribed, not installed)
        ✔ Knative Eventing     installed (KnativeEventing knative-eventing 1.16, ready)
        ✔ Knative Serving      installed
        ✔ Kafka brokers        work
        - Brokers              none
        - PostgreSQL Services  none
        - Platforms            none
        - Cluster platform     none
        ✔ Your rights          all that is needed in namespace shop
        ! Operators (OLM): an operator is not installed completely (install strategy failed): what it
          manages may not become ready; see kubectl get subscriptions.operators.coreos.com,csv -A
        "
      `)
  })

  test('nothing of what is needed', () => {
    expect(
      said({
        operator: 'absent',
        knativeInstalled: false,
        servingInstalled: false,
        olm: {versions: [], subscriptions: []},
      }),
    ).toMatchInlineSnapshot(`
      "✖ SonataFlow operator  not found
      - Operators (OLM)      none of Serverless, Serverless Logic, Streams
      ✖ Knative Eventing     not installed
      - Knative Serving      not installed
      - PostgreSQL Services  none
      - Platforms            none
      - Cluster platform     none
      ✔ Your rights          all that is needed in namespace shop
      ! SonataFlow operator: the platform is stored, and stays without services and without state until
        the operator runs; install OpenShift Serverless Logic from OperatorHub first
      ! Knative Eventing: there are no brokers: workflows and services call each other over HTTP
      "
    `)
  })

  test('what is there and does not work', () => {
    expect(
      said({
        operator: {
          deployments: [{name: 'logic-operator', namespace: 'openshift-serverless-logic', ready: 0}],
          settings: {images: {dataIndex: {}, jobService: {}}},
        },
        resources: {eventing: [eventing(false)], serving: 'absent', kafka: []},
        classes: {defaults: 'forbidden', deployments: {}},
      }),
    ).toMatchInlineSnapshot(`
      "✖ SonataFlow operator  in openshift-serverless-logic, no pod is ready
      ✖ Knative Eventing     installed (KnativeEventing knative-eventing 1.16, not ready)
      ✔ Knative Serving      installed
      ✖ Kafka brokers        do not work here
      - Brokers              none
      - PostgreSQL Services  none
      - Platforms            none
      - Cluster platform     none
      ✔ Your rights          all that is needed in namespace shop
      ! SonataFlow operator: the platform is stored, and stays without services and without state until
        the operator runs
      ! Knative Eventing: KnativeEventing knative-eventing is not ready: Install: deployments are not
        available
      ! Kafka brokers: no new broker of class Kafka can be offered; kubectl sfl kafka enable broker
        turns them on
      "
    `)
  })

  test('somebody with few rights, on a narrow terminal', () => {
    expect(
      said(
        {
          operator: 'forbidden',
          brokers: 'forbidden',
          services: 'forbidden',
          platforms: 'forbidden',
          clusterPlatforms: 'forbidden',
          classes: {defaults: 'forbidden', deployments: 'forbidden'},
          rights: {namespaces: false, clusterPlatforms: false},
          missingHere: setupResources.filter(({resource}) => resource !== 'configmaps'),
        },
        40,
      ),
    ).toMatchInlineSnapshot(`
      "? SonataFlow operator: not verified:
        you may not look
      ✔ Knative Eventing: installed
      ✔ Knative Serving: installed
      ? Kafka brokers: not verified: you may
        not look
      ? Brokers: not verified: you may not
        look
      ? PostgreSQL Services: not verified:
        you may not look
      ? Platforms: not verified: you may not
        look
      ? Cluster platform: not verified: you
        may not look
      ✖ Your rights: in namespace shop you
        may not create sonataflowplatforms,
        brokers, secrets
      ! Your rights: cannot be made there:
        the platform itself, a new broker,
        new credentials; choose another
        namespace, or have somebody else run
        what --save-runbook writes
      "
    `)
    expect(said({rights: {namespaces: false, clusterPlatforms: false}}, 140)).toContain(
      'enough in namespace shop; namespaces and cluster platforms you may not create\n',
    )
  })

  test('a server that does not know platforms ends the set-up; one that gives no answer does not', () => {
    expect(notInstalled(facts({platformsServed: false}))?.message).toBe(
      'the cluster does not know SonataFlow platforms',
    )
    expect(notInstalled(facts({platformsServed: false, olm: {versions: [], subscriptions: []}}))?.hint).toContain(
      'OpenShift Serverless Logic from OperatorHub',
    )
    expect([notInstalled(facts()), notInstalled(facts({platformsServed: undefined}))]).toEqual([undefined, undefined])
  })
})
