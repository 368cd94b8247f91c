package dev.relais.deploy.bench;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessUseTest {
    @Test
    void cpuIsReadBehindANameWithBracketsAndBlanks() {
        String stat = "4711 (a) (b 7) S 1 4711 4711 0 -1 4194560 100 0 0 0 123 45 0 0 20 0 30 0 999 0 0";
        assertThat(ProcessUse.cpu(stat)).isEqualTo(Duration.ofMillis(1_680));
    }

    @Test
    void onlyCompilersCountAsCompiling() {
        String rest = " S 1 4711 4711 0 -1 4194560 100 0 0 0 123 45 0 0 20 0 30 0 999 0 0";
        assertThat(ProcessUse.compilers("4712 (C2 CompilerThre)" + rest)).isEqualTo(Duration.ofMillis(1_680));
        assertThat(ProcessUse.compilers("4713 (VM Thread)" + rest)).isZero();
        assertThat(ProcessUse.compilers("")).isZero();
    }

    @Test
    void memoryIsReadInKibibytes() {
        String status = "Name:\tjava\nVmHWM:\t  2048 kB\nVmRSS:\t  1024 kB\n";
        assertThat(ProcessUse.bytes(status, "VmRSS:")).isEqualTo(1024 * 1024);
        assertThat(ProcessUse.bytes(status, "VmSwap:")).isZero();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void thisProcessUsesSomething() throws IOException {
        var use = ProcessUse.of(ProcessHandle.current().pid());
        assertThat(use.cpu()).isPositive();
        assertThat(use.working()).isLessThanOrEqualTo(use.cpu());
        assertThat(use.peakBytes()).isGreaterThanOrEqualTo(use.residentBytes());
    }
}
