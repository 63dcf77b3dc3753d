/**
 * Completion for fish, which adds to what completes `deno` already.
 *
 * @module
 */
import type { CompletedCommand, Completions, WordKind } from "./words.ts";

/**
 * The script.
 *
 * @param completions What can be completed.
 * @returns Text that fish reads with `source`.
 */
export function fishScript({ run, commands, paths }: Completions): string {
  const names = commands.map(({ name }) => name).join(" ");
  const first = commands.map(({ name, meaning }) =>
    `complete -c deno -n __diracflow_first -f -a ${name} -d ${quoted(meaning)}`
  );
  const own = [run, ...commands].flatMap((command) => [wordLine(command), ...optionLines(command)]).filter((line) =>
    line !== ""
  );
  const choices = [...paths].filter(([, words]) => words.length > 0);
  return `# Completion of "deno task pipeline" for fish (deno task --quiet pipeline completion fish), to be read with source, or from conf.d

# The words between pipeline and the one that is completed; fails for all other commands of deno.
function __diracflow_words
    set -l words (commandline -opc)
    set -l task (contains -i -- task $words); or return 1
    set -l start (contains -i -- pipeline $words); or return 1
    test $task -lt $start; or return 1
    set -e words[1..$start]
    string collect -N -- $words
    return 0
end

function __diracflow_first
    set -l words (__diracflow_words); and test (count $words) -eq 0
end

# Whether a command is meant; '' is the run without one.
function __diracflow_in
    set -l words (__diracflow_words); or return 1
    if test (count $words) -gt 0; and contains -- $words[1] ${names}
        test "$words[1]" = "$argv[1]"
    else
        test "" = "$argv[1]"
    end
end

function __diracflow_files
    set -l current (commandline -ct | string replace -r '^--[a-z-]*=' '')
    set -l found
    for ending in $argv
        set -a found $current*$ending
    end
    printf '%s\\n' $found
    __fish_complete_directories $current ''
end

function __diracflow_studies
    __diracflow_files .yaml .yml
    # Studies of the project by their names alone.
    set -l current (commandline -ct)
    string match -q '*/*' -- $current; or string match -- "configs/$current*" configs/*.yaml
end

function __diracflow_change
    switch (commandline -ct | string replace -r '^--set=' '')
${
    choices.map(([path, words]) =>
      `        case '${path}=*'\n            printf '%s\\n' ${words.map((one) => `${path}=${one}`).join(" ")}`
    ).join("\n")
  }
        case '*=*'
        case '*'
            printf '%s\\n' ${[...paths.keys()].map((path) => `${path}=`).join(" ")}
    end
end

complete -c deno -n __diracflow_words -f
${[...first, ...own].join("\n")}
`;
}

function wordLine({ name, words }: CompletedCommand): string {
  return words === "none"
    ? ""
    : `complete -c deno -n ${quoted(`__diracflow_in '${name}'`)} -k -f -a ${quoted(given(words))}`;
}

function optionLines({ name: command, options }: CompletedCommand): string[] {
  return options.map(({ name, value, meaning }) => {
    const takes = value === undefined ? "-f" : value === "none" ? "-x" : `-x -a ${quoted(given(value))}`;
    return `complete -c deno -n ${quoted(`__diracflow_in '${command}'`)} -l ${name.slice(2)} ${takes} -d ${
      quoted(meaning)
    }`;
  });
}

/** What gives the words of a kind. */
function given(kind: WordKind): string {
  switch (kind) {
    case "folder":
      return "(__fish_complete_directories)";
    case "studies":
      return "(__diracflow_studies)";
    case "charts":
      return "(__diracflow_files .vl.json)";
    case "change":
      return "(__diracflow_change)";
    case "none":
      return "";
    default:
      return kind.join(" ");
  }
}

/** A text as one word of fish. */
function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
