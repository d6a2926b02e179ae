import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.File;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Cuts the blank margin off a picture and gives it a palette: {@code java Crop.java FROM.png TO.png}. */
class Crop {
    private static final int WHITE = 0xffffff;
    private static final int MARGIN = 6;
    private static final int COLOURS = 128;

    public static void main(String[] files) throws Exception {
        BufferedImage page = ImageIO.read(new File(files[0]));
        int left = page.getWidth();
        int top = page.getHeight();
        int right = 0;
        int bottom = 0;
        for (int y = 0; y < page.getHeight(); y++) {
            for (int x = 0; x < page.getWidth(); x++) {
                if ((page.getRGB(x, y) & WHITE) != WHITE) {
                    left = Math.min(left, x);
                    right = Math.max(right, x);
                    top = Math.min(top, y);
                    bottom = Math.max(bottom, y);
                }
            }
        }
        left = Math.max(0, left - MARGIN);
        top = Math.max(0, top - MARGIN);
        right = Math.min(page.getWidth() - 1, right + MARGIN);
        bottom = Math.min(page.getHeight() - 1, bottom + MARGIN);
        ImageIO.write(indexed(page.getSubimage(left, top, right - left + 1, bottom - top + 1)), "png", new File(files[1]));
    }

    /** With the colours that are there most often, and for each other one the nearest of those. */
    private static BufferedImage indexed(BufferedImage image) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                counts.merge(image.getRGB(x, y) & WHITE, 1, Integer::sum);
            }
        }
        int[] palette = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(COLOURS)
                .mapToInt(Map.Entry::getKey)
                .toArray();
        IndexColorModel colours =
                new IndexColorModel(8, palette.length, Arrays.copyOf(palette, palette.length), 0, false, -1, 0);
        BufferedImage indexed =
                new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, colours);
        Map<Integer, Integer> nearest = new HashMap<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int colour = image.getRGB(x, y) & WHITE;
                int index = nearest.computeIfAbsent(colour, it -> nearest(it, palette));
                indexed.getRaster().setSample(x, y, 0, index);
            }
        }
        return indexed;
    }

    private static int nearest(int colour, int[] palette) {
        return IntStream.range(0, palette.length)
                .boxed()
                .min(Comparator.comparingInt(it -> distance(colour, palette[it])))
                .orElseThrow();
    }

    private static int distance(int one, int other) {
        int red = (one >> 16 & 255) - (other >> 16 & 255);
        int green = (one >> 8 & 255) - (other >> 8 & 255);
        int blue = (one & 255) - (other & 255);
        return red * red + green * green + blue * blue;
    }
}
