package io.leeway.testing;

import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Clients that propose one thing after the other, each at one replica, until this is closed. */
public final class Load implements AutoCloseable {
    private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean ending;

    /**
     * A proposal and what came back.
     *
     * @param at {@link System#nanoTime} before it was sent
     * @param answeredAt the same after it was answered
     * @param answer null when the connection broke or nothing came in time
     */
    public record Sent(int replica, SmallSelection proposal, long at, long answeredAt, Replicas.Answer answer) {}

    /** @param clients for each replica */
    public Load(Replicas replicas, int clients, Supplier<SmallSelection> proposals) {
        for (int i = 0; i < clients * replicas.count(); i++) {
            int replica = i % replicas.count();
            Thread client = new Thread(() -> run(replicas, replica, proposals), "client-" + i);
            client.setDaemon(true);
            client.start();
            this.clients.add(client);
        }
    }

    /** What was answered since the last call. */
    public List<Sent> take() {
        List<Sent> taken = new ArrayList<>();
        for (Sent one = sent.poll(); one != null; one = sent.poll()) {
            taken.add(one);
        }
        return taken;
    }

    /** Ends when every client has got its last answer. */
    @Override
    public void close() throws InterruptedException {
        ending = true;
        for (Thread client : clients) {
            client.join();
        }
    }

    private void run(Replicas replicas, int replica, Supplier<SmallSelection> proposals) {
        while (!ending) {
            SmallSelection proposal = proposals.get();
            long at = System.nanoTime();
            Replicas.Answer answer = null;
            try {
                answer = replicas.propose(replica, proposal);
            } catch (IOException e) {
                // Nothing came back; whoever asks for the answers sees that. A service that is gone ends its clients.
                ending |= e instanceof ConnectException;
            } catch (InterruptedException e) {
                return;
            }
            sent.add(new Sent(replica, proposal, at, System.nanoTime(), answer));
        }
    }
}
