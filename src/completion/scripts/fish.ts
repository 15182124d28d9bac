/** For fish 3; it shows descriptions by itself, since it takes `value<TAB>description` as it is. */
export const fishScript = String.raw`# fish completion for kubectl-sfl and kn-sfl
#
# Load it now:         kubectl-sfl completion script fish | source
# In every new shell:  kubectl-sfl completion script fish > ~/.config/fish/completions/kubectl-sfl.fish
#
# "kubectl sfl" needs none of this: kubectl's own completion asks kubectl_complete-sfl,
# which "kubectl sfl completion install" sets up.

function __kubectl_sfl_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l answer ($words[1] __complete $words[2..-1] "$current" 2>/dev/null </dev/null)
    set -l directive 0
    set -l values
    for line in $answer
        if string match -qr '^:[0-9]+$' -- $line
            set directive (string sub -s 2 -- $line)
        else if string match -q '_activeHelp_ *' -- $line
            # fish has no place for hints.
            continue
        else if test -n "$line"
            set -a values $line
        end
    end

    # The answer to --flag=va is what belongs behind the =; fish wants the whole word.
    set -l before ''
    if string match -qr '^-[^=]*=' -- $current
        set before (string match -r '^-[^=]*=' -- $current)
    end

    set -l path (string replace -- "$before" '' $current)
    if test (math "bitand($directive, 8)") -ne 0
        set -l endings
        for value in $values
            set -a endings .(string split -f1 \t -- $value)
        end
        set values (__fish_complete_suffix $path $endings)
    else if test (math "bitand($directive, 16)") -ne 0
        set values (__fish_complete_directories $path)
    else if test (count $values) -eq 0 -a (math "bitand($directive, 4)") -eq 0
        set values (__fish_complete_path $path)
    end
    for value in $values
        echo -- $before$value
    end
end

for program in kubectl-sfl kn-sfl
    complete -c $program -e
    complete -c $program -f -k -a '(__kubectl_sfl_complete)'
end
`
