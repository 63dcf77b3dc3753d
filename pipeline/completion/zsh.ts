/**
 * Completion for zsh: a function in front of whatever completes `deno`, which it asks for everything but our task.
 *
 * @module
 */
import type { CompletedCommand, Completions, WordKind } from "./words.ts";

/**
 * The script.
 *
 * @param completions What can be completed.
 * @returns Text that zsh reads with `source`, after `compinit`.
 */
export function zshScript({ run, commands, paths }: Completions): string {
  const described = commands.map(({ name, meaning }) => quoted(`${name}:${meaning}`)).join(" ");
  const options = [run, ...commands].map((command) =>
    `    ${quoted(command.name)}) options=(${optionList(command)}); words_of=${quoted(kindText(command.words))} ;;`
  );
  const valued = [run, ...commands].flatMap((command) =>
    command.options.flatMap(({ name, value }) =>
      value === undefined ? [] : [`    ${quoted(`${command.name} ${name}`)}) kind=${quoted(kindText(value))} ;;`]
    )
  );
  const choices = [...paths].filter(([, words]) => words.length > 0);
  return `# Completion of "deno task pipeline" for zsh (deno task --quiet pipeline completion zsh), to be read with source after compinit

# Whoever completed deno before goes on doing so for all its other commands.
[[ \${_comps[deno]-} == _diracflow ]] || typeset -g _diracflow_before=\${_comps[deno]-}

_diracflow() {
  local -i start=\${words[(i)pipeline]} task=\${words[(i)task]}
  if (( task >= start || start >= CURRENT )); then
    [[ -n $_diracflow_before ]] && $_diracflow_before "$@"
    return
  fi
  local command="" previous="" kind="" words_of="" current=\${PREFIX}
  local -a options commands
  commands=(${described})
  if (( CURRENT > start + 1 )); then
    previous=\${words[CURRENT-1]}
    case \${words[start+1]} in
      ${commands.map(({ name }) => name).join("|")}) command=\${words[start+1]} ;;
    esac
  fi
  case $command in
${options.join("\n")}
  esac
  if [[ $current == --*=* ]]; then
    previous=\${current%%=*}
    compset -P '--[a-z-]#='
    current=\${PREFIX}
  fi
  case "$command $previous" in
${valued.join("\n")}
  esac
  if [[ -z $kind && $current == -* ]]; then
    _describe -o option options
    return
  fi
  if [[ -z $kind ]] && (( CURRENT == start + 1 )); then
    _describe command commands
  fi
  _diracflow_kind "\${kind:-$words_of}"
}

_diracflow_kind() {
  case $1 in
    folder) _files -/ ;;
    studies)
      _files -g '*.(yaml|yml)'
      # Studies of the project by their names alone.
      (( compstate[nmatches] )) || [[ $PREFIX == */* ]] || compadd -U -f -- configs/\${PREFIX}*.yaml(N) ;;
    charts) _files -g '*.vl.json' ;;
    change)
      case $PREFIX in
${choices.map(([path, words]) => `        ${path}=*) compset -P '*='; compadd -- ${words.join(" ")} ;;`).join("\n")}
        *=*) ;;
        *) compadd -S = -q -- ${[...paths.keys()].join(" ")} ;;
      esac ;;
    none) ;;
    *) compadd -- \${=1} ;;
  esac
}

compdef _diracflow deno
`;
}

function optionList({ options }: CompletedCommand): string {
  return options.map(({ name, meaning }) => quoted(`${name}:${meaning}`)).join(" ");
}

/** Words that are listed go by themselves; all kinds have names that no such word has. */
function kindText(kind: WordKind): string {
  return typeof kind === "string" ? kind : kind.join(" ");
}

/** A text as one word of a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
