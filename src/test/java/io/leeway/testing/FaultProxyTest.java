package io.leeway.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The faults are what they are called: an echo behind the proxy shows it. */
class FaultProxyTest {
    private ServerSocket echo;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread server = new Thread(this::serve);
        server.setDaemon(true);
        server.start();
        proxy = new FaultProxy(echo.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void passesEverythingOn() throws IOException {
        try (Socket client = connect()) {
            assertThat(ask(client, 'a')).isEqualTo('a');
        }
    }

    @Test
    void delaysBothWays() throws IOException {
        proxy.delay(Duration.ofMillis(100));
        try (Socket client = connect()) {
            long began = System.nanoTime();
            assertThat(ask(client, 'a')).isEqualTo('a');
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
    }

    @Test
    void swallowsInABlackHoleAndNeverRepairsWhatLostBytes() throws IOException {
        try (Socket used = connect();
                Socket idle = connect()) {
            ask(used, 'a');
            ask(idle, 'a');
            proxy.blackHole();
            assertThatThrownBy(() -> ask(used, 'b')).isInstanceOf(SocketTimeoutException.class);
            try (Socket fresh = connect()) {
                assertThatThrownBy(() -> ask(fresh, 'b')).isInstanceOf(SocketTimeoutException.class);
            }
            proxy.heal();
            assertThat(ask(idle, 'c')).isEqualTo('c');
            assertThatThrownBy(() -> ask(used, 'c')).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void refusesAndListensAgain() throws IOException {
        try (Socket client = connect()) {
            ask(client, 'a');
            proxy.refuse();
            assertThat(answerOrEnd(client, 'b')).isEqualTo(-1);
        }
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        proxy.heal();
        passesEverythingOn();
    }

    @Test
    void cutsWithAResetAndClosesByHalf() throws IOException {
        try (Socket client = connect()) {
            ask(client, 'a');
            proxy.halfClose();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            client.getOutputStream().write('b');
        }
        try (Socket client = connect()) {
            ask(client, 'a');
            proxy.cut();
            assertThat(answerOrEnd(client, 'b')).isEqualTo(-1);
        }
        passesEverythingOn();
    }

    @Test
    void seesACommitOfTheLedgerAndNoOther() {
        CommitWatch watch = new CommitWatch();
        assertThat(commits(watch, startup())).isFalse();
        assertThat(commits(watch, message('Q', "select 1"))).isFalse();
        assertThat(commits(watch, message('Q', "COMMIT"))).as("wrote nothing").isFalse();
        assertThat(commits(watch, message('P', "S_1", "COMMIT"))).isFalse();
        assertThat(commits(watch, message('Q', "insert into ledger_entry values (1)")))
                .isFalse();
        byte[] bind = message('B', "", "S_1");
        assertThat(watch.commits(bind, 3)).as("in pieces").isFalse();
        byte[] rest = ByteBuffer.allocate(bind.length - 3)
                .put(bind, 3, bind.length - 3)
                .array();
        assertThat(commits(watch, rest)).isTrue();
        assertThat(commits(watch, bind)).as("nothing new was written").isFalse();
    }

    @Test
    void cutsBeforeACommitOfTheLedgerArrives() throws IOException {
        proxy.cutCommits(FaultProxy.Cut.BEFORE_COMMIT, 1);
        try (Socket client = connect()) {
            client.getOutputStream().write(startup());
            client.getOutputStream().write(message('Q', "insert into ledger_entry values (1)"));
            client.getInputStream().readNBytes(startup().length);
            client.getOutputStream().write(message('Q', "COMMIT"));
            assertThatThrownBy(() -> client.getInputStream().readAllBytes()).isInstanceOf(SocketException.class);
            assertThat(proxy.commitsCut()).isEqualTo(1);
        }
    }

    private static boolean commits(CommitWatch watch, byte[] bytes) {
        return watch.commits(bytes, bytes.length);
    }

    private static byte[] startup() {
        return ByteBuffer.allocate(9).putInt(9).putInt(196_608).put((byte) 0).array();
    }

    private static byte[] message(char type, String... texts) {
        byte[] body = (String.join("\0", texts) + "\0").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) type)
                .putInt(4 + body.length)
                .put(body)
                .array();
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setSoTimeout(400);
        return client;
    }

    /** A connection that is reset ends in either way, depending on who notices first. */
    private static int answerOrEnd(Socket client, int question) throws IOException {
        try {
            return ask(client, question);
        } catch (SocketException e) {
            return -1;
        }
    }

    private static int ask(Socket client, int question) throws IOException {
        client.getOutputStream().write(question);
        return client.getInputStream().read();
    }

    private void serve() {
        while (!echo.isClosed()) {
            try {
                Socket client = echo.accept();
                Thread answering = new Thread(() -> answer(client));
                answering.setDaemon(true);
                answering.start();
            } catch (IOException e) {
                // The test is over.
            }
        }
    }

    private static void answer(Socket client) {
        try (client;
                InputStream in = client.getInputStream()) {
            in.transferTo(client.getOutputStream());
        } catch (IOException e) {
            // Cut, as was meant.
        }
    }
}
