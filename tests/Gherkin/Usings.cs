global using AirHil.Gherkin;
global using Reqnroll;
