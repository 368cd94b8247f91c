package dev.relais.worker.run;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.relais.worker.model.Answer;

/**
 * A conversation that writes, edits, deletes, runs commands and keeps a history of its own. None of it may be done twice without showing: files are
 * appended to, counters go up, commits are made on top of commits.
 *
 * <p>
 * The dates of its commits are set by its commands: a commit that a command makes at the clock's time has another id when the command runs again. And
 * only files that git ignores have modes that it does not know: it writes a tracked file anew where it finds another time stamp than it remembers.
 */
final class ThirtyTurns {
    private final List<Answer> answers = new ArrayList<>();
    private int calls;

    private ThirtyTurns() {}

    static Answer[] script() {
        var turns = new ThirtyTurns();
        turns.begin();
        turns.build();
        turns.branch();
        turns.end();
        return turns.answers.toArray(Answer[]::new);
    }

    private void begin() {
        turn(Said.text(Said.PERSONA.banner()), bash("git init -q -b main . && git config core.hooksPath /nowhere"),
                write("src/api.ts", "export const one = 1;\n"));
        turn(write(".gitignore", "build/\n*.log\n"), write("src/deep/er/util.ts", "export const two = 2;\n"));
        turn(commit("first"));
        turn(edit("src/api.ts", "one = 1", "one = 11"),
                bash("echo run >> run.log; mkdir -p build && date +%s >/dev/null; echo out > build/out"));
        turn(bash("cat run.log | wc -l; chmod 755 src/api.ts; ln -s src/api.ts link; mkdir -p empty/inner"));
        turn(write("été/naïve — file.md", "# Titre\r\nligne\r\n"), edit("src/deep/er/util.ts", "two = 2", "two = 22"));
        turn(commit("second"));
        turn(bash("n=$(cat counter 2>/dev/null || echo 0); echo $((n + 1)) > counter"));
    }

    private void build() {
        for (int i = 0; i < 6; i++) {
            turn(bash("n=$(cat counter); echo $((n + 1)) > counter; echo \"line $n\" >> history.txt"),
                    write("gen/file" + i + ".txt", "content " + i + "\n"),
                    edit("src/deep/er/util.ts", "two = " + "2".repeat(i + 2), "two = " + "2".repeat(i + 3)));
            turn(bash("rm -f gen/file" + (i - 2)
                    + ".txt; mv src/deep/er/util.ts src/deep/er/x && mv src/deep/er/x src/deep/er/util.ts"),
                    i % 2 == 0
                            ? commit("turn " + i)
                            : bash("printf 'a\\0b' > bin" + i + "; echo s > s" + i + ".log; chmod 640 s" + i + ".log"));
        }
    }

    private void branch() {
        turn(bash("git checkout -q -b feature && echo f >> feature.txt"), commit("on a branch"));
        turn(bash("echo staged > staged.txt && git add staged.txt && echo not-yet >> counter"));
        turn(bash(dated("git stash -q")));
        turn(bash("mkdir nested && cd nested && git init -q -b trunk . && echo in > in && git add in && "
                + dated("git commit -qm inner")));
        turn(bash("rm -rf gen empty && mkdir -p empty2"), write("gen", "a file where a directory was\n"));
        turn(bash("git checkout -q main -- . && git checkout -q main && " + dated("git merge -q --no-ff -m merged feature")));
    }

    private void end() {
        turn(bash(dated("git stash pop -q") + "; git tag done; echo last >> history.txt"));
        turn(edit("src/api.ts", "one = 11", "one = 111"));
        turn(bash("exit 3"));
        turn(write("src/api.ts", "export const one = 1111;\n"), bash("cat counter history.txt; ls -A"));
        answers.add(Said.answer(Said.text(Said.done())));
    }

    /** How many replies there are that call tools. */
    static int turns() {
        return script().length - 1;
    }

    private void turn(ObjectNode... blocks) {
        answers.add(Said.answer(blocks));
    }

    private ObjectNode bash(String command) {
        return Said.call(id(), "Bash", JsonNodeFactory.instance.objectNode().put("command", command));
    }

    private ObjectNode commit(String message) {
        return bash("git add -A && " + dated("git commit -qm '" + message + "'") + " && git rev-parse HEAD");
    }

    private String dated(String command) {
        String date = "'2026-01-01T00:00:" + String.format("%02d", calls % 60) + "Z'";
        return "GIT_AUTHOR_DATE=" + date + " GIT_COMMITTER_DATE=" + date + " " + command;
    }

    private ObjectNode write(String path, String content) {
        return Said.write(id(), "/workspace/" + path, content);
    }

    private ObjectNode edit(String path, String before, String after) {
        return Said.call(id(), "Edit", JsonNodeFactory.instance.objectNode().put("file_path", "/workspace/" + path)
                .put("old_string", before).put("new_string", after));
    }

    private String id() {
        return "call-" + calls++;
    }
}
