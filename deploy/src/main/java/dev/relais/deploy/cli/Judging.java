package dev.relais.deploy.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.relais.schemas.event.Digest;
import dev.relais.schemas.event.VerdictGiven;

/** What the three verdicts share. A verdict names the digest that it judges, so that nobody approves what he has not seen. */
final class Judging {
    @Mixin
    private Telling telling = new Telling();
    @Parameters(index = "0", paramLabel = "TASK", description = "The task that waits for a verdict.")
    private String task = "";
    @Option(names = "--digest", paramLabel = "SHA256", description = "The deliverable that was looked at. Default: the one that waits now, which is shown.")
    private @Nullable String digest;

    int judge(String verdict, @Nullable String text) {
        var id = Submission.id(task);
        try (Link link = telling.open()) {
            var snapshot = new TaskBook(link).mustFind(id);
            Digest judged = named();
            if (judged == null) {
                judged = snapshot.digest();
                if (judged == null || !"verdict".equals(snapshot.awaits())) {
                    throw new Failure(ExitCode.FAILED, "task " + id + " waits for no verdict: it is " + snapshot.state()
                            + (snapshot.awaits() == null ? "" : " and waits for an " + snapshot.awaits()));
                }
                telling.screen().remark("judging " + judged + " (round " + snapshot.round() + ")");
            }
            return telling.tell(link, id, new VerdictGiven(id, verdict, judged, text, telling.by(), null));
        }
    }

    private @Nullable Digest named() {
        String text = digest;
        if (text == null) {
            return null;
        }
        try {
            return new Digest(text);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, "--digest: " + e.getMessage(), e);
        }
    }
}
