package dev.relais.deploy.bench;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MachineTest {
    @Test
    void theSoftLimitOfOpenFilesCounts() {
        String limits = """
                Limit                     Soft Limit           Hard Limit           Units
                Max processes             63000                63000                processes
                Max open files            1024                 20000                files
                """;
        assertThat(Machine.openFiles(limits)).isEqualTo(1_024);
    }

    @Test
    void noLimitIsMoreThanAnyNumber() {
        assertThat(Machine.openFiles("Max open files            unlimited            unlimited            files\n"))
                .isEqualTo(Long.MAX_VALUE);
    }
}
