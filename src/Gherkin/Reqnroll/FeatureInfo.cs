using System.Globalization;

namespace Reqnroll;

/// <summary>The feature as written. Tags are without the @.</summary>
public class FeatureInfo(
    CultureInfo language, string folderPath, string title, string description, params string[] tags)
{
    public string[] Tags { get; } = tags;

    public string FolderPath { get; } = folderPath;

    public string Title { get; } = title;

    public string Description { get; } = description;

    public CultureInfo Language { get; } = language;
}
