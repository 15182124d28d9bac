/** Tests read colours and terminals from what they are given, never from the machine they run on. */
export const environment = {
  NO_COLOR: '',
  FORCE_COLOR: '',
  CLICOLOR_FORCE: '',
  CI: '',
  KUBECONFIG: '/nonexistent',
  KUBECTL_EXTERNAL_DIFF: '',
  NODE_EXTRA_CA_CERTS: '',
}
