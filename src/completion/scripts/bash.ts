/**
 * For bash 3.2 and newer, without the package bash-completion. The words are taken from the line itself, since bash breaks
 * them at = and :, and nothing of what was typed or answered is ever evaluated. (`$\{` stands for the shell's own braces.)
 */
export const bashScript = String.raw`# bash completion for kubectl-sfl and kn-sfl
#
# Load it now:         source <(kubectl-sfl completion script bash)
# In every new shell:  kubectl-sfl completion script bash > ~/.local/share/bash-completion/completions/kubectl-sfl
#                      (with the package bash-completion; else source it from ~/.bashrc)
#
# "kubectl sfl" needs none of this: kubectl's own completion asks kubectl_complete-sfl,
# which "kubectl sfl completion install" sets up.

__kubectl_sfl_complete() {
    COMPREPLY=()
    local line rest piece trimmed word cur i count
    local variable='^[$][{]?([A-Za-z_][A-Za-z0-9_]*)[}]?$'
    local -a words
    line="$\{COMP_LINE:0:$COMP_POINT}"
    rest="$line"
    count=0
    # Pieces that stand together on the line are one word.
    for ((i = 0; i <= COMP_CWORD; i++)); do
        piece="$\{COMP_WORDS[i]}"
        trimmed="$\{rest#"$\{rest%%[![:space:]]*}"}"
        [[ $i -eq $COMP_CWORD ]] && piece="$trimmed"
        if [[ $count -eq 0 || "$trimmed" != "$rest" ]]; then
            words[count]="$piece"
            count=$((count + 1))
        else
            words[count - 1]+="$piece"
        fi
        rest="$\{trimmed#"$piece"}"
    done

    # What the shell would make of simple words: quotes around them, $NAME, ~/
    for ((i = 0; i < count; i++)); do
        word="$\{words[i]}"
        if [[ "$word" =~ ^\"([^\"]*)\"?$ ]] || [[ "$word" =~ ^\'([^\']*)\'?$ ]]; then word="$\{BASH_REMATCH[1]}"; fi
        if [[ $i -lt $((count - 1)) && "$word" =~ $variable ]]; then
            piece="$\{BASH_REMATCH[1]}"
            word="$\{!piece}"
        fi
        case "$word" in
            '~/'*) word="$HOME/$\{word#*/}" ;;
        esac
        words[i]="$word"
    done

    cur="$\{words[count - 1]}"
    local directive=0 candidate
    local -a values descriptions hints
    while IFS= read -r line; do
        case "$line" in
            '_activeHelp_ '*) hints+=("$\{line#_activeHelp_ }") ;;
            :[0-9]*) directive="$\{line#:}" ;;
            '') ;;
            *)
                values+=("$\{line%%$'\t'*}")
                if [[ "$line" == *$'\t'* ]]; then descriptions+=("$\{line#*$'\t'}"); else descriptions+=(''); fi
                ;;
        esac
    done < <("$\{words[0]}" __complete "$\{words[@]:1:count-1}" 2>/dev/null </dev/null)

    # The answer to --flag=va is what belongs behind the =.
    if [[ "$cur" == -*=* ]]; then cur="$\{cur#*=}"; fi

    if (((directive & 8) != 0)); then
        for candidate in "$\{values[@]}"; do
            while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -X "!*.$candidate" -- "$cur")
        done
        while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -d -- "$cur")
        compopt -o filenames 2>/dev/null
        return
    fi
    if (((directive & 16) != 0)); then
        while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -d -- "$cur")
        compopt -o filenames 2>/dev/null
        return
    fi
    if (((directive & 2) != 0)); then compopt -o nospace 2>/dev/null; fi
    if (((directive & 32) != 0)); then compopt -o nosort 2>/dev/null; fi

    local -a shown notes
    for ((i = 0; i < $\{#values[@]}; i++)); do
        if [[ "$\{values[i]}" == "$cur"* ]]; then
            shown+=("$\{values[i]}")
            notes+=("$\{descriptions[i]}")
        fi
    done

    if [[ $\{#shown[@]} -eq 0 && $((directive & 4)) -eq 0 ]]; then
        while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$cur")
        compopt -o filenames 2>/dev/null
        return
    fi

    # bash breaks words at : and = as well, and puts the candidate behind the last one.
    local before='' breaks
    breaks="$\{COMP_WORDBREAKS//[^:=]/}"
    if [[ -n "$breaks" ]]; then before="$\{cur%"$\{cur##*[$breaks]}"}"; fi

    if [[ $\{#shown[@]} -eq 1 ]]; then
        COMPREPLY=("$(printf '%q' "$\{shown[0]#"$before"}")")
    elif [[ "$COMP_TYPE" == 63 || "$COMP_TYPE" == 33 || "$COMP_TYPE" == 64 ]]; then
        # A list is about to be printed: it has room for the descriptions.
        local width=0 columns=$\{COLUMNS:-80}
        for candidate in "$\{shown[@]}"; do
            candidate="$\{candidate#"$before"}"
            (($\{#candidate} > width)) && width=$\{#candidate}
        done
        for ((i = 0; i < $\{#shown[@]}; i++)); do
            candidate="$\{shown[i]#"$before"}"
            if [[ -n "$\{notes[i]}" ]]; then
                printf -v line '%-*s  (%s)' "$width" "$candidate" "$\{notes[i]}"
                candidate="$\{line:0:columns-2}"
            fi
            COMPREPLY+=("$candidate")
        done
    else
        for candidate in "$\{shown[@]}"; do COMPREPLY+=("$\{candidate#"$before"}"); done
    fi

    # Hints are printed above the line, when TAB is pressed once more.
    if [[ $\{#hints[@]} -gt 0 && "$COMP_TYPE" == 63 ]]; then
        printf '\n'
        printf '%s\n' "$\{hints[@]}"
        if (line="$\{PS1@P}") 2>/dev/null; then
            # shellcheck disable=SC2086
            printf '%s' "$\{PS1@P}$COMP_LINE"
        fi
    fi
}

complete -F __kubectl_sfl_complete kubectl-sfl kn-sfl
`.replaceAll('$\\{', '${')
