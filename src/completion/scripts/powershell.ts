/** For PowerShell 5.1 and 7; descriptions are shown as tool tips (Ctrl-Space lists them). */
export const powershellScript =
  String.raw`# PowerShell completion for kubectl-sfl and kn-sfl
#
# Load it now:         kubectl-sfl completion script powershell | Out-String | Invoke-Expression
# In every new shell:  put that line into the file $PROFILE
#
# "kubectl sfl" needs none of this: kubectl's own completion asks kubectl_complete-sfl,
# which "kubectl sfl completion install" sets up.

Register-ArgumentCompleter -Native -CommandName 'kubectl-sfl', 'kn-sfl' -ScriptBlock {
    param($WordToComplete, $CommandAst, $CursorPosition)

    $elements = @($CommandAst.CommandElements | Where-Object { $_.Extent.StartOffset -lt $CursorPosition })
    $program = $elements[0].Extent.Text
    $words = @($elements | Select-Object -Skip 1 | ForEach-Object { $_.Extent.Text.Trim("'").Trim('"') })
    # The word that begins only now is no element yet.
    if ($WordToComplete -eq '') { $words += '' }
    # Before 7.3, PowerShell drops empty arguments of programs unless they are quoted once more.
    if ($PSVersionTable.PSVersion -lt [version]'7.3') { $words = @($words | ForEach-Object { if ($_ -eq '') { '""' } else { $_ } }) }

    $before = ''
    if ($WordToComplete -match '^-[^=]*=') { $before = $Matches[0] }

    $directive = 0
    $values = @()
    foreach ($line in @(& $program __complete @words 2>$null)) {
        if ($line -match '^:(\d+)$') { $directive = [int]$Matches[1] }
        elseif ($line -like '_activeHelp_ *' -or $line -eq '') { continue }
        else { $values += , ($line -split "` +
  '`t' +
  String.raw`", 2) }
    }

    # Nothing at all: PowerShell offers files by itself. An empty answer stops that.
    if ($values.Count -eq 0) {
        if (($directive -band 4) -ne 0) { '' }
        return
    }
    $space = if (($directive -band 2) -ne 0 -or $values.Count -gt 1) { '' } else { ' ' }
    foreach ($pair in $values) {
        $value = $before + $pair[0]
        $description = if ($pair.Count -gt 1 -and $pair[1] -ne '') { $pair[1] } else { $pair[0] }
        $text = if ($value -match '[\s''"$;&|(){}` +
  '`' +
  String.raw`]') { "'" + $value.Replace("'", "''") + "'" } else { $value }
        [System.Management.Automation.CompletionResult]::new($text + $space, $pair[0], 'ParameterValue', $description)
    }
}
`
