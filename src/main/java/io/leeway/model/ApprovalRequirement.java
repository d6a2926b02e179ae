package io.leeway.model;

/**
 * Who must approve.
 *
 * @param group a group of approvers, {@code approver} when the rows name none
 * @param quorum how many distinct people, at least 1
 */
public record ApprovalRequirement(String group, int quorum) {
    /** What counts when no matched row names anybody: one person with the role {@code approver}. */
    public static final ApprovalRequirement ANY_APPROVER = new ApprovalRequirement("approver", 1);
}
