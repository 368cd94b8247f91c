package dev.relais.worker.journal;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QuestionsTest {
    @Test
    void answerToTheFirstQuestionGrantsARunThatHasAskedAgainMeanwhile() {
        assertThat(Questions.first().asks().asks().answered(1).isGranted()).as("its worker was never silent").isTrue();
    }

    @Test
    void i6_answerFromBeforeASilenceGrantsNothing() {
        Questions asked = Questions.first().doubted();
        assertThat(asked.answered(1).isGranted()).isFalse();
        assertThat(asked.asks().answered(1).isGranted()).as("nor when it has asked anew").isFalse();
        assertThat(asked.asks().answered(2).isGranted()).isTrue();
    }

    @Test
    void i6_answerThatIsReadTwiceGrantsOnlyUntilTheNextSilence() {
        assertThat(Questions.first().answered(1).doubted().answered(1).isGranted()).isFalse();
    }

    @Test
    void runThatWasNeverAskedForIsToAskOnceForEachSilence() {
        assertThat(Questions.none().isToAsk()).isFalse();
        Questions doubted = Questions.none().doubted().doubted();
        assertThat(doubted.isToAsk()).isTrue();
        assertThat(doubted.asks().isToAsk()).isFalse();
        assertThat(doubted.asks().answered(1).isGranted()).isTrue();
    }

    @Test
    void grantOfACoordinatorThatNumbersNoneAnswersTheFirstQuestionAtMost() {
        assertThat(Questions.first().answered(0).isGranted()).isTrue();
        assertThat(Questions.none().doubted().asks().answered(0).isGranted()).isTrue();
        assertThat(Questions.first().doubted().asks().answered(0).isGranted()).isFalse();
    }
}
