package dev.relais.coordinator.routing;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.relais.coordinator.routing.RouteRule.Copy;
import dev.relais.schemas.event.AgentName;
import dev.relais.schemas.event.ChildId;
import dev.relais.schemas.event.Raised;
import dev.relais.schemas.event.TaskId;

import static org.assertj.core.api.Assertions.assertThat;

final class RouteRuleTest {
    private final AgentRegistry agents = new AgentRegistry(agents("backend-dev"), agents("architecte", "chef-equipe"));

    @Test
    void registryIsClosed() {
        assertThat(agents.player(new AgentName("backend-dev"))).isEqualTo(AgentRegistry.Player.RELAIS);
        assertThat(agents.player(new AgentName("architecte"))).isEqualTo(AgentRegistry.Player.FOREIGN);
        assertThat(agents.player(new AgentName("nobody"))).isEqualTo(AgentRegistry.Player.NOBODY);
        assertThat(agents.all()).containsExactlyElementsOf(agents("architecte", "backend-dev", "chef-equipe"));
    }

    @Test
    void receiversAreEachNamedOnceAndAWrongNameIsTheLastResort() {
        assertThat(RouteRule.receivers(List.of("architecte", "securite", "architecte", "../etc", "")))
                .isEqualTo(agents("architecte", "securite", "chef-equipe"));
    }

    @Test
    void escalationToNobodyGoesToTheLastResort() {
        assertThat(RouteRule.receivers(List.of())).containsExactly(RouteRule.LAST_RESORT);
    }

    @Test
    void i8_everyAgentThatIsNamedGetsOneCopy() {
        assertThat(RouteRule.copies(children("architecte", "chef-equipe"), agents))
                .containsExactly(new Copy.Direct(child("architecte")), new Copy.Direct(child("chef-equipe")));
    }

    @Test
    void unknownAgentsCopyGoesToTheLastResortWithTheReason() {
        assertThat(RouteRule.copies(children("nobody", "architecte"), agents)).containsExactly(
                new Copy.Direct(child("architecte")),
                new Copy.Redirected(child("nobody"), RouteRule.LAST_RESORT, "unknown-agent"));
    }

    @Test
    void lastResortGetsOneCopyHoweverManyAreUnknown() {
        assertThat(RouteRule.copies(children("nobody", "nemo"), agents)).extracting(Copy::child).containsExactly(child("nobody"));
        assertThat(RouteRule.copies(children("nobody", "chef-equipe"), agents))
                .containsExactly(new Copy.Direct(child("chef-equipe")));
    }

    private static List<AgentName> agents(String... names) {
        return Arrays.stream(names).map(AgentName::new).toList();
    }

    private static List<ChildId> children(String... receivers) {
        return Arrays.stream(receivers).map(RouteRuleTest::child).toList();
    }

    private static ChildId child(String receiver) {
        return new ChildId(new TaskId("t1"), new Raised(1, 2, 0), new AgentName(receiver));
    }
}
