package dev.relais.deploy.bench;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a task's model is to play, written into the wish and read back from the conversation.
 *
 * @param overHttp whether the playbook answers instead of the worker itself
 * @param writes whether every turn but the last changes a file; else it looks for one
 */
record Script(int turns, Duration thinks, boolean overHttp, boolean writes) {
    private static final Pattern SHAPE = Pattern.compile("bench turns=(\\d{1,6}) wait=(\\d{1,6}) (http|inside) (write|look)");

    static Script of(int turns) {
        return new Script(turns, Duration.ZERO, false, false);
    }

    Script http() {
        return new Script(turns, thinks, true, writes);
    }

    Script writing() {
        return new Script(turns, thinks, overHttp, true);
    }

    Script waiting(Duration time) {
        return new Script(turns, time, overHttp, writes);
    }

    String wish() {
        return "bench turns=" + turns + " wait=" + thinks.toMillis() + (overHttp ? " http" : " inside")
                + (writes ? " write" : " look");
    }

    static Script read(String text) {
        Matcher match = SHAPE.matcher(text);
        if (!match.find()) {
            throw new BenchFailed("a conversation of the benchmark holds no script: " + text);
        }
        return new Script(Integer.parseInt(match.group(1)), Duration.ofMillis(Long.parseLong(match.group(2))),
                match.group(3).equals("http"), match.group(4).equals("write"));
    }
}
