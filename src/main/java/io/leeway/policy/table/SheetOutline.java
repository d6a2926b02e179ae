package io.leeway.policy.table;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * What a sheet of tables says, apart from its layout.
 *
 * @param title the title of a plain sheet, the {@code RuleSet} of the Drools layout; {@code ""} when it has none
 * @param head the keys that both layouts have, with their values
 * @param zone where days begin and end
 */
record SheetOutline(String title, Map<String, Object> head, ZoneId zone, List<TableOutline> tables) {}
