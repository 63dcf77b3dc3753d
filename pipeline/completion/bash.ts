/**
 * Completion for bash, 3.2 (that of macOS) and later: a function in front of whatever completes `deno`, which it asks for everything but our task.
 *
 * @module
 */
import type { CompletedCommand, Completions, WordKind } from "./words.ts";

/**
 * The script.
 *
 * @param completions What can be completed.
 * @returns Text that bash reads with `source`.
 */
export function bashScript({ run, commands, paths }: Completions): string {
  const cases = [run, ...commands].map((command) =>
    `    ${quoted(command.name)}) options=${quoted(optionNames(command))}; words=${quoted(kindText(command.words))} ;;`
  );
  const valued = [run, ...commands].flatMap((command) =>
    command.options.flatMap(({ name, value }) =>
      value === undefined ? [] : [`    ${quoted(`${command.name} ${name}`)}) kind=${quoted(kindText(value))} ;;`]
    )
  );
  const choices = [...paths].filter(([, words]) => words.length > 0);
  return `# Completion of "deno task pipeline" for bash (deno task --quiet pipeline completion bash), to be read with source

# Whoever completed deno before goes on doing so for all its other commands.
if [[ $(complete -p deno 2>/dev/null) =~ ' -F '([^ ]+)' ' && \${BASH_REMATCH[1]} != _diracflow ]]; then
  _diracflow_before=\${BASH_REMATCH[1]}
fi

_diracflow() {
  local last=$2 word i start=0
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ \${COMP_WORDS[i]} == pipeline && " \${COMP_WORDS[*]:1:i-1} " == *" task "* ]]; then
      start=$((i + 1))
      break
    fi
  done
  if ((start == 0)); then
    [[ -n \${_diracflow_before:-} ]] && "$_diracflow_before" "$@"
    return
  fi

  # bash takes --set=a=b apart at the signs =; here words are whole again.
  local whole=()
  for ((i = start; i <= COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if ((\${#whole[@]} > 0)) && [[ $word == "=" || \${COMP_WORDS[i - 1]} == "=" && $i -gt $start ]]; then
      whole[\${#whole[@]}-1]+=$word
    else
      whole+=("$word")
    fi
  done
  local current=\${whole[\${#whole[@]}-1]} previous="" command="" options words kind=""
  ((\${#whole[@]} > 1)) && previous=\${whole[\${#whole[@]}-2]}
  if ((\${#whole[@]} > 1)); then
    case \${whole[0]} in
      ${commands.map(({ name }) => name).join("|")}) command=\${whole[0]} ;;
    esac
  fi
  case $command in
${cases.join("\n")}
  esac
  [[ $current == --*=* ]] && previous=\${current%%=*} && current=\${current#*=}
  # What bash takes for the current word may begin after a sign = or, if it was told so, before the option's.
  local strip="" add=""
  if [[ $current == *"$last" ]]; then strip=\${current%"$last"}; else add=\${last%"$current"}; fi
  case "$command $previous" in
${valued.join("\n")}
  esac
  if [[ -z $kind && $current == -* ]]; then
    _diracflow_words "$options"
    return
  fi
  ((\${#whole[@]} == 1)) && _diracflow_words ${quoted(commands.map(({ name }) => name).join(" "))}
  _diracflow_kind "\${kind:-$words}"
}

# Adds those of some words that go on where the current one stops.
_diracflow_words() {
  local reply
  while IFS= read -r reply; do
    [[ -n $reply ]] && COMPREPLY+=("$add\${reply#"$strip"}")
  done < <(compgen -W "$1" -- "$current")
}

_diracflow_files() {
  local reply
  compopt -o filenames 2>/dev/null
  while IFS= read -r reply; do
    [[ -n $reply && ($current == .* || $reply != .*) ]] && COMPREPLY+=("$add$reply")
  done
}

_diracflow_kind() {
  case $1 in
    folder) _diracflow_files < <(compgen -d -- "$current") ;;
    studies)
      _diracflow_files < <(
        compgen -f -X '!*.yaml' -- "$current"
        compgen -f -X '!*.yml' -- "$current"
        compgen -d -- "$current"
      )
      # Studies of the project by their names alone.
      if ((\${#COMPREPLY[@]} == 0)) && [[ $current != */* ]]; then
        _diracflow_files < <(compgen -f -X '!*.yaml' -- "configs/$current")
      fi ;;
    charts) _diracflow_files < <(compgen -f -X '!*.vl.json' -- "$current"; compgen -d -- "$current") ;;
    change)
      case $current in
${
    choices.map(([path, words]) =>
      `        ${path}=*) _diracflow_words ${quoted(words.map((one) => `${path}=${one}`).join(" "))} ;;`
    ).join("\n")
  }
        *=*) ;;
        *)
          compopt -o nospace 2>/dev/null
          _diracflow_words ${quoted([...paths.keys()].map((path) => `${path}=`).join(" "))} ;;
      esac ;;
    none) ;;
    *) _diracflow_words "$1" ;;
  esac
}

complete -o bashdefault -o default -F _diracflow deno
`;
}

function optionNames({ options }: CompletedCommand): string {
  return options.map(({ name }) => name).join(" ");
}

/** Words that are listed go by themselves; all kinds have names that no such word has. */
function kindText(kind: WordKind): string {
  return typeof kind === "string" ? kind : kind.join(" ");
}

/** A text as one word of a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
