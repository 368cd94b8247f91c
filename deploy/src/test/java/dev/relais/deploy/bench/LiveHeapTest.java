package dev.relais.deploy.bench;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LiveHeapTest {
    @Test
    void bothGenerationsCountAndMetaspaceDoesNot() {
        assertThat(LiveHeap.bytes("""
                4711:
                DefNew     total 116416K, used 1024K [0x1, 0x2, 0x3)
                  eden space 69952K,   1% used [0x1, 0x2, 0x3)
                Tenured    total 258048K, used 2048K [0x1, 0x2, 0x3)
                   the space 174784K,   1% used [0x1, 0x2, 0x3)
                 Metaspace       used 40000K, committed 41000K, reserved 1114112K
                """)).isEqualTo(3 * 1024 * 1024);
    }
}
