/** A complete kubeconfig with the contexts `sandbox` (admin, current) and `alice` (no rights). */
export const kubeconfigText = (url: string, authority: string, tokens: {admin: string; alice: string}): string =>
  `apiVersion: v1
kind: Config
clusters:
- name: sandbox
  cluster:
    server: ${url}
    certificate-authority-data: ${Buffer.from(authority).toString('base64')}
users:
- name: admin
  user:
    token: ${tokens.admin}
- name: alice
  user:
    token: ${tokens.alice}
contexts:
- name: sandbox
  context:
    cluster: sandbox
    user: admin
    namespace: default
- name: alice
  context:
    cluster: sandbox
    user: alice
    namespace: default
current-context: sandbox
`
