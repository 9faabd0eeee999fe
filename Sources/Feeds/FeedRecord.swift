/// What a reader yields: the rows of one repair order, or one row that could not be read.
public enum FeedRecord {
    case group(FeedGroup)
    case quarantined(QuarantinedRow)
}
