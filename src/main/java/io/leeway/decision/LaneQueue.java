package io.leeway.decision;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the lane: what people set, and proposals, each in the order it came. The former goes first and has places
 * of its own, so that a stop waits for no proposal. Safe for use by several threads at once.
 */
final class LaneQueue {
    /** Places that proposals cannot take. */
    private static final int CONTROL_PLACES = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Task<?>> controls = new ArrayDeque<>();
    private final Deque<Task<?>> proposals = new ArrayDeque<>();
    private final int places;
    /** How many proposals wait; to be read without the lock. */
    private volatile int waiting;

    /** @param places for proposals */
    LaneQueue(int places) {
        this.places = places;
    }

    /** Whether there was a place at the end. */
    boolean offer(Task<?> task) {
        lock.lock();
        try {
            Deque<Task<?>> queue = of(task);
            if (queue.size() >= (task.isControl() ? CONTROL_PLACES : places)) {
                return false;
            }
            queue.addLast(task);
            changed();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** In their order, before everything that came later; those that were taken always have a place. */
    void putBack(List<Task<?>> tasks) {
        lock.lock();
        try {
            for (int i = tasks.size() - 1; i >= 0; i--) {
                of(tasks.get(i)).addFirst(tasks.get(i));
            }
            changed();
        } finally {
            lock.unlock();
        }
    }

    /** What is first: either of what people set or of proposals, never both, as each is made durable before the next. */
    List<Task<?>> take(int limit, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long nanos = patience.toNanos();
            while (isEmpty() && nanos > 0) {
                nanos = arrived.awaitNanos(nanos);
            }
            return takeFrom(controls.isEmpty() ? proposals : controls, limit);
        } finally {
            lock.unlock();
        }
    }

    /** Proposals that wait; none when a control does, which is not to wait for them. Does not block. */
    List<Task<?>> takeProposals(int limit) {
        lock.lock();
        try {
            return takeFrom(proposals, controls.isEmpty() ? limit : 0);
        } finally {
            lock.unlock();
        }
    }

    private List<Task<?>> takeFrom(Deque<Task<?>> queue, int limit) {
        List<Task<?>> taken = new ArrayList<>();
        while (!queue.isEmpty() && taken.size() < limit) {
            taken.add(queue.removeFirst());
        }
        waiting = proposals.size();
        return taken;
    }

    /** Whether it was still there. */
    boolean remove(Task<?> task) {
        lock.lock();
        try {
            boolean removed = of(task).remove(task);
            waiting = proposals.size();
            return removed;
        } finally {
            lock.unlock();
        }
    }

    /** Everything that waits at the moment. */
    List<Task<?>> all() {
        lock.lock();
        try {
            List<Task<?>> all = new ArrayList<>(controls);
            all.addAll(proposals);
            return all;
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return controls.isEmpty() && proposals.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** How many proposals wait. Does not block. */
    int proposals() {
        return waiting;
    }

    private Deque<Task<?>> of(Task<?> task) {
        return task.isControl() ? controls : proposals;
    }

    private void changed() {
        waiting = proposals.size();
        arrived.signal();
    }
}
