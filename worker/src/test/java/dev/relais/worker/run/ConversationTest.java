package dev.relais.worker.run;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import dev.relais.schemas.event.InputKind;
import dev.relais.schemas.event.JournalEntry;
import dev.relais.schemas.event.Raised;
import dev.relais.worker.journal.Entry;
import dev.relais.worker.model.Prompt.Message;
import dev.relais.worker.persona.Language;
import dev.relais.worker.persona.Phrase;

import static org.assertj.core.api.Assertions.assertThat;

class ConversationTest {
    @Test
    void resultsStandFirstAndInTheOrderOfTheCalls() {
        List<Message> messages = after(Said.replied(Said.escalate("e", Said.DATABASE), Said.read("a"), Said.read("b")),
                Said.heard("m", InputKind.MESSAGE, "Vite."), Said.ran("a", "b"),
                Said.answered("r", "PostgreSQL.", new Raised(1, 2, 0)));
        assertThat(blocks(messages)).containsExactly("result e: PostgreSQL.", "result a: result of a", "result b: result of b",
                "text: Vite.");
        ScriptedModel.assertWellFormed(messages);
    }

    @Test
    void i13_aSecondAnswerToAnEscalationIsHeardBesideTheFirst() {
        var raised = new Raised(1, 2, 0);
        List<Message> messages = after(Said.replied(Said.escalate("e", Said.SLOW)), Said.answered("r", "Un cache.", raised),
                Said.answered("s", "Une réplique.", raised));
        assertThat(blocks(messages)).containsExactly("result e: Un cache.", "text: Une réplique.");
    }

    @Test
    void i13_anAnswerToAnOlderReplyIsHeardAsText() {
        List<Message> messages = after(Said.replied(Said.escalate("e", Said.SLOW)),
                Said.answered("r", "Un cache.", new Raised(1, 2, 0)), Said.replied(Said.read("a")), Said.ran("a"),
                Said.answered("s", "Une réplique.", new Raised(1, 2, 0)));
        assertThat(blocks(messages)).containsExactly("result a: result of a", "text: Une réplique.");
    }

    @Test
    void anEscalationThatNobodyAnsweredHasAResultWhenSomethingElseIsHeard() {
        List<Message> messages = after(Said.replied(Said.escalate("e", Said.DATABASE)),
                Said.heard("m", InputKind.MESSAGE, "Vite."));
        assertThat(blocks(messages)).containsExactly("result e: " + Language.FRENCH.say(Phrase.NO_ANSWER_YET), "text: Vite.");
    }

    @Test
    void wordsThatFollowEachOtherAreOneUserMessage() {
        List<Message> messages = after(Said.heard("m", InputKind.MESSAGE, "Vite."));
        assertThat(messages).hasSize(1);
        assertThat(blocks(messages)).containsExactly("text: Écris l'API.", "text: Vite.");
    }

    @Test
    void aReplyWithoutContentLeavesTheWordsBeforeItUnanswered() {
        List<Message> messages = after(Said.replied(Said.text("  ")), Said.heard("w", InputKind.WORKER, "Réponds."));
        assertThat(blocks(messages)).containsExactly("text: Écris l'API.", "text: Réponds.");
    }

    @Test
    void aBlankTextBesideACallIsNotSentBack() {
        List<Message> messages = after(Said.replied(Said.text("\n"), Said.read("a")), Said.ran("a"));
        assertThat(messages.get(1).content()).hasSize(1);
        ScriptedModel.assertWellFormed(messages);
    }

    @Test
    void aToolUseIdThatIsUsedAgainInALaterReplyMeansTheLaterCall() {
        List<Message> messages = after(Said.replied(Said.read("a")), Said.ran("a"), Said.replied(Said.read("a")), Said.ran("a"));
        assertThat(messages).hasSize(5);
        ScriptedModel.assertWellFormed(messages);
    }

    private static List<Message> after(JournalEntry... entries) {
        var all = new ArrayList<JournalEntry>(List.of(Said.claimed(), Said.request()));
        all.addAll(List.of(entries));
        RunState state = RunState.START;
        for (int i = 0; i < all.size(); i++) {
            state = state.after(new Entry(1, i, all.get(i)));
        }
        return state.conversation().messages();
    }

    private static List<String> blocks(List<Message> messages) {
        var blocks = new ArrayList<String>();
        for (JsonNode block : messages.getLast().content()) {
            blocks.add(block.path("type").asText().equals("text")
                    ? "text: " + block.path("text").asText()
                    : "result " + block.path("tool_use_id").asText() + ": " + block.path("content").asText());
        }
        return blocks;
    }
}
