/**
 * What a shell reads: it asks the program at every word, so that a script never goes stale. A line that begins
 * with a colon stands for paths, which shells complete themselves.
 */
export const SCRIPTS = {
  bash: `# cachibot-ws completion for bash: eval "$(cachibot-ws completion bash)"
_cachibot_ws() {
  local line="\${COMP_LINE:0:COMP_POINT}" word text cut
  local -a words
  read -ra words <<< "$line"
  [[ "$line" == *[[:space:]] ]] && words+=("")
  word="\${words[\${#words[@]} - 1]}"
  # bash takes what is before the last : or = for a word of its own
  cut="\${word%"\${word##*[:=]}"}"
  COMPREPLY=()
  while IFS=$'\\t' read -r text _; do
    case "$text" in
      :files) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "\${word#"$cut"}") ;;
      :folders) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$word") ;;
      *) COMPREPLY+=("\${text#"$cut"}") ;;
    esac
  done < <("\${words[0]}" __complete "\${words[@]:1}" 2> /dev/null)
  # what ends with a colon goes on
  if [[ "\${COMPREPLY[*]}" == *: ]]; then compopt -o nospace; fi
}
complete -F _cachibot_ws cachibot-ws
`,
  zsh: `#compdef cachibot-ws
# cachibot-ws completion for zsh: source <(cachibot-ws completion zsh), behind compinit
_cachibot_ws() {
  local text
  local -a found open
  while IFS= read -r text; do
    case "$text" in
      :files) _files; return ;;
      :folders) _files -/; return ;;
    esac
    if [[ "\${text%%$'\\t'*}" == *: ]]; then
      open+=("\${\${text%%$'\\t'*}//:/\\\\:}:\${text#*$'\\t'}")
    else
      found+=("\${\${text%%$'\\t'*}//:/\\\\:}:\${text#*$'\\t'}")
    fi
  done < <("\${words[1]}" __complete "\${(@)words[2,CURRENT]}" 2> /dev/null)
  (( $#found )) && _describe 'cachibot-ws' found
  (( $#open )) && _describe 'cachibot-ws' open -S ''
  return 0
}
compdef _cachibot_ws cachibot-ws
`,
  fish: `# cachibot-ws completion for fish: cachibot-ws completion fish | source
function __cachibot_ws
  set -l words (commandline -opc) (commandline -ct)
  for text in ($words[1] __complete $words[2..-1] 2> /dev/null)
    switch $text
      case :files
        __fish_complete_path (commandline -ct)
      case :folders
        __fish_complete_directories (commandline -ct)
      case '*'
        echo $text
    end
  end
end
complete -c cachibot-ws -f -a '(__cachibot_ws)'
`,
} as const

export type Shell = keyof typeof SCRIPTS
export const SHELLS = Object.keys(SCRIPTS) as readonly Shell[]
