namespace AirHil.VirtualModem.Tests.Displays;

/// <summary>Small pictures in JPEG, each with another sampling of colours.</summary>
internal static class JpegSamples
{
    /// <summary>20 by 18, a quarter of the colour.</summary>
    public static byte[] Quarter { get; } = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAx" +
        "NDQ0Hyc5PTgyPC4zNDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIy" +
        "MjIyMjIyMjL/wAARCAASABQDASIAAhEBAxEB/8QAGAABAAMBAAAAAAAAAAAAAAAAAAMEBQb/xAAqEAABAgQFBAAHAAAAAAAAAAAB" +
        "AgMABAYRBRIhIjEUMlFhEyNBQrPC8P/EABgBAAMBAQAAAAAAAAAAAAAAAAEFBgME/8QAKxEAAQIDBAkFAAAAAAAAAAAAAQACAwQR" +
        "BSEzgRIiMTI1QVFhkWJxodLw/9oADAMBAAIRAxEAPwDMFKLcCRijTbLd7pLW4lXjQn6Xi+mlx0biG0LalwhXzR3gW1ItwRrGnLVg" +
        "2yLjBl4geMhm7299p/jFubrO8iou4ClpBIytdVbOQb5OzUqAIt74jERpoHRhMAHpoPLibvcXqhgTNpNhue9tTTm5pOZBoclxDdHY" +
        "KhAS0p5aR91rfrCOuarlRbGShEoT4U/r+OEdIj2hTVJA7BlPm9L2vm6YbPB+yjp9tHxlbE9nj2IlxlCTNSgKQQJxuwtxpCEGfw8w" +
        "hJcN/dQr8zsWkJ2jLwNIQhC+NvlUY2L/2Q==");

    /// <summary>20 by 10, half of the colour.</summary>
    public static byte[] Half { get; } = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAx" +
        "NDQ0Hyc5PTgyPC4zNDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIy" +
        "MjIyMjIyMjL/wAARCAAKABQDASEAAhEBAxEB/8QAFwAAAwEAAAAAAAAAAAAAAAAAAAQFB//EACkQAAIBAgMFCQAAAAAAAAAAAAEC" +
        "AwARBAUhBhQiI1ESMTJBQnGDwtH/xAAXAQEBAQEAAAAAAAAAAAAAAAAFBgID/8QAKREAAQIEBAQHAAAAAAAAAAAAAQIDAAQRMQUS" +
        "IUETUYGRFSIjMmFx4v/aAAwDAQACEQMRAD8AmDZR5AozSKOGO91MXES3TQnyvT67Ljc5EjR4sOEbmjxgW1It3Ea1pM2wwoMyJzqO" +
        "+w62J5Usb2oayXxV1eZyaOVdNQNhzF9ep+ojR7HZKiBYmmdR6rW+tFdvG3EeRDAUBvmpX5sYITMYTQesrt+Y0vIjvMxWfmgJcCTi" +
        "1uOtV8yjRcD2AihGniUqBoQWFx7GpxQCWnAnTSAMPcW5I8RZJUa6m9jvDMOAwYjAGEgHxj8opKXUrhJ12hIyrAPsHYR//9k=");

    /// <summary>9 by 9.</summary>
    public static byte[] Whole { get; } = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAIBAQEBAQIBAQECAgICAgQDAgICAgUEBAMEBgUGBgYFBgYGBwkIBgcJBwYGCAsICQoK" +
        "CgoKBggLDAsKDAkKCgr/2wBDAQICAgICAgUDAwUKBwYHCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoK" +
        "CgoKCgoKCgr/wAARCAAJAAkDAREAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAABQcI/8QAKBAAAQMBBAsBAAAAAAAAAAAAAQID" +
        "BQQABxMhBggJERk1QVR1lLPS/8QAGAEAAgMAAAAAAAAAAAAAAAAABwgBBAb/xAAtEQACAAQDAw0BAAAAAAAAAAABAgMEERIABgci" +
        "NVUFExYXISNyc5OisbPT1P/aAAwDAQACEQMRAD8Ambez7mJhmmpdY7RyMhY/HDlG9BDHWupAICFYa39yShThzAzSM+hlZvQbKU5D" +
        "aQ5ZhR3iVFEujgKLaluYRrDUrbeRdtWg2tRn11q1LzNKpB1JlUkZZWDI0FgWaNQhUPezGyUMQk2jtUbQqAyXDzuC7Gd9JP5tR68c" +
        "icKm/Tgf1Y0PTTInEn934Y35fByCP8u383bJtkDebeE/Iwvese4ZXz1+uLgWx2wJ8f/Z");

    /// <summary>19 by 9, grey.</summary>
    public static byte[] Grey { get; } = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAx" +
        "NDQ0Hyc5PTgyPC4zNDL/wAALCAAJABMBAREA/8QAGAAAAgMAAAAAAAAAAAAAAAAAAwUEBgf/xAApEAACAQIEAwkBAAAAAAAAAAAB" +
        "AgMAEQQFBiEzQXMUIiMxMjZRcaKx/9oACAEBAAA/AFg0o8gUZpFHDHe6mLvEt8bE8r1PXS47HIkaPFhwjeKPWBbci3kRvSRdG5Ai" +
        "hRLiGA5hNj+a0/MODH1B/DRsV7cxPRaqvDwV+q//2Q==");

    /// <summary>40 by 17, with a restart marker after each unit.</summary>
    public static byte[] WithRestarts { get; } = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6j" +
        "q62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSk" +
        "pKSkpKSkpKT/wAARCAARACgDASIAAhEBAxEB/8QAGAABAQEBAQAAAAAAAAAAAAAAAAMCBAH/xAAzEAABAgMDCAgHAAAAAAAAAAAB" +
        "AAIDBBIRMTITFCEjM0FCRCI0Q1FhcYGhUmJzkcHR4f/EABcBAAMBAAAAAAAAAAAAAAAAAAECBAP/xAAmEQABAwEHBAMAAAAAAAAA" +
        "AAABAAID8BESITEyQVEzcYGRobHR/90ABAAB/9oADAMBAAIRAxEAPwCOZE2ZZoaN1OnSqiT1ZABa2zFvVmT4by5i+Ff8W4k/qzbL" +
        "Bo+Gu/wuS3n7D1+qtr5QCSPkL//QjCkmtBEDpN4iVR0oQ21jRWdABXQyfqHVMkBurv8AZIs+bGtzamrjrw+yF6S3AKpr5QzKq5X/" +
        "0ZCSBIMQUuuFnd3outk9Zy1fzV3D7IgXSUbFW0y2Yhf/0vJTEfJbmuy+oERM/SfH2t4+kv/TpGxQ/VZmdg/0/CIldvWyrdk7sv/U" +
        "1L7N3n+kRFk7OuSrotAX/9k=");
}
