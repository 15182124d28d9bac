/** For zsh 5; candidates with their descriptions by `_describe`. (`$\{` stands for the shell's own braces.) */
export const zshScript = String.raw`#compdef kubectl-sfl kn-sfl
# zsh completion for kubectl-sfl and kn-sfl
#
# Load it now:         source <(kubectl-sfl completion script zsh)
# In every new shell:  kubectl-sfl completion script zsh > "$\{fpath[1]}/_kubectl-sfl"
#
# "kubectl sfl" needs none of this: kubectl's own completion asks kubectl_complete-sfl,
# which "kubectl sfl completion install" sets up.

_kubectl_sfl() {
    local -a asked values hints
    local line value description directive=0
    # Only up to the cursor; (Q) takes the quotes off, and nothing is evaluated.
    asked=("$\{(@Q)words[2,CURRENT]}")
    local current="$\{asked[-1]}"

    while IFS= read -r line; do
        case "$line" in
            '_activeHelp_ '*) hints+=("$\{line#_activeHelp_ }") ;;
            :[0-9]*) directive="$\{line#:}" ;;
            '') ;;
            *)
                # _describe takes what stands before the first bare colon as the value.
                value="$\{line%%$'\t'*}"
                description=''
                [[ "$line" == *$'\t'* ]] && description="$\{line#*$'\t'}"
                value="$\{value//:/\\:}"
                values+=("$value$\{description:+:$description}")
                ;;
        esac
    done < <("$\{(Q)words[1]}" __complete "$\{asked[@]}" 2>/dev/null </dev/null)

    for line in "$\{hints[@]}"; do compadd -x "$line"; done

    local -a options sorted
    (( directive & 2 )) && options+=(-S '')
    (( directive & 32 )) && sorted=(-V)
    # The answer to --flag=va is what belongs behind the =.
    if [[ "$current" == -*=* ]]; then compset -P '*='; fi

    if (( directive & 8 )); then
        local -a endings
        for value in "$\{values[@]}"; do endings+=("*.$value"); done
        _files -g "($\{(j:|:)endings})"
    elif (( directive & 16 )); then
        _files -/
    elif (( $\{#values} > 0 )); then
        _describe $sorted 'candidates' values "$\{options[@]}"
    elif (( (directive & 4) == 0 )); then
        _files
    else
        # A hint alone counts as an answer.
        (( $\{#hints} > 0 ))
    fi
}

# Sourced, it registers itself; as a file of $fpath it is the function's body.
if [[ "$funcstack[1]" == _kubectl-sfl || "$funcstack[1]" == _kubectl_sfl ]]; then
    _kubectl_sfl "$@"
elif (( $+functions[compdef] )); then
    compdef _kubectl_sfl kubectl-sfl kn-sfl
fi
`.replaceAll('$\\{', '${')
