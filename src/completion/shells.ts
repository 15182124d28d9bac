export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const
export type Shell = (typeof shells)[number]

/** The script that makes a shell complete the bare programs; only the one that is asked for is loaded. */
export const scriptFor = async (shell: Shell): Promise<string> => {
  switch (shell) {
    case 'bash':
      return (await import('./scripts/bash.js')).bashScript
    case 'zsh':
      return (await import('./scripts/zsh.js')).zshScript
    case 'fish':
      return (await import('./scripts/fish.js')).fishScript
    case 'powershell':
      return (await import('./scripts/powershell.js')).powershellScript
  }
}
